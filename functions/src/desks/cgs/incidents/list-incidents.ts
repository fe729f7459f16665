import { z } from 'zod';
import { noInput } from '../../../kernel/http/endpoint.ts';
import { SEARCH, searchWords } from '../../../kernel/keywords.ts';
import { hasOtherWords, searchParam } from '../../../kernel/search.ts';
import { pageQuery } from '../../../kernel/store/page.ts';
import { countedPageSchema, countQuery, readCountedPage } from '../counted-page.ts';
import { cgs } from '../desk.ts';
import { keywordsOfIncident } from '../domain/incidents/incident.ts';
import { incidentRowSchema } from '../domain/incidents/schemas.ts';
import { INCIDENT_STATUSES } from '../domain/incidents/vocabulary.ts';
import { dayOrTimeInput, lastMomentOf, momentOf } from '../domain/moment-input.ts';
import { optional, regionFilter } from '../domain/schemas.ts';
import { ROLES } from '../domain/vocabulary.ts';
import { incidents } from './collection.ts';
import { toIncidentRow } from './wire.ts';

const listQuery = z.strictObject({
  region: regionFilter,
  status: optional(z.enum(INCIDENT_STATUSES)).meta({ description: 'only those in this status' }),
  q: searchParam(SEARCH, 'words, or their beginnings, of incidentId and title'),
  from: optional(dayOrTimeInput).meta({ description: 'opened on this day or later' }),
  to: optional(dayOrTimeInput).meta({ description: 'opened on this day or earlier' }),
  ...countQuery,
  ...pageQuery,
});

/** The incidents of the caller's region, newest first; of every region for a SuperAdmin. */
export const listIncidents = cgs.endpoint({
  method: 'get',
  path: '/incidents',
  summary: 'Lists the incidents that the caller may see, newest first',
  contract: 'Incidents',
  roles: ROLES,
  input: { ...noInput, query: listQuery },
  status: 200,
  returns: 'a page of incidents, without their notes',
  output: z.object({ result: z.array(incidentRowSchema), page: countedPageSchema }),
  cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
  sample: { as: 'FOC', given: 'oneIncident', query: { status: 'Open' } },
  handle: async ({ input: { query }, actor, runtime, store }) => {
    const { timeZone } = runtime.config;
    const { region, status, q = '', from, to } = query;
    const words = searchWords(q);
    const own = actor.role === 'SuperAdmin' ? {} : { region: actor.region };
    const criteria = {
      anyOf: incidents.queries.list.within(own, { region, status, keywords: words[0] }),
      range: { from: from && momentOf(from, timeZone), to: to && lastMomentOf(to, timeZone) },
    };
    const { rows, page } = await readCountedPage(store, criteria, query, (incident) =>
      hasOtherWords(words, () => keywordsOfIncident(incident)),
    );
    return { result: rows.map(({ data }) => toIncidentRow(data)), page };
  },
});
