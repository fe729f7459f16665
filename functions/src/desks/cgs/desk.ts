import { z } from 'zod';
import type { Profile } from '../../kernel/auth/person.ts';
import type { PageStyle } from '../../kernel/http/answer-style.ts';
import { defineDesk } from '../../kernel/http/desk.ts';
import { type Problem, problemsOf } from '../../kernel/problem.ts';
import { pageQuery, pageSchema } from '../../kernel/store/page.ts';
import {
  INCIDENT_REFUSALS,
  INCIDENT_STATUSES,
  NETWORK_PARTS,
} from './domain/incidents/vocabulary.ts';
import { MASTER_REFUSALS } from './master/refusals.ts';
import { accessSchema } from './users/people.ts';
import type { Person } from './domain/schemas.ts';
import { USER_REFUSALS } from './users/schemas.ts';
import {
  CLIENT_STATUSES,
  CUSTOMER_TYPES,
  INDICATION_CATEGORIES,
  NETWORK_SEGMENTS,
  REFUSALS,
  REGIONS,
  REQUESTS,
  ROLES,
  SLA_TYPES,
  TASK_STATUSES,
  TICKET_SOURCES,
  TICKET_STATUSES,
  TICKET_TYPES,
} from './domain/vocabulary.ts';
import { WEBHOOK_REFUSALS } from './webhooks/refusals.ts';

/** A person as this desk and its tickets know them; undefined without active access. */
export const actorOf = (profile: Profile): Person | undefined => {
  const access = accessSchema.safeParse(profile.access['cgs']).data;
  if (!profile.active || access?.active !== true) return undefined;
  const { id, nik, phoneNumber, email, name, profilePhoto } = profile;
  const { role, region, areas } = access;
  return { id, nik, phoneNumber, email, name, profilePhoto, role, region, areas };
};

const errorSchema = z
  .object({
    statusCode: z.int(),
    error: z.object({
      code: z.string().meta({ description: 'stable, such as ticket/not-open' }),
      message: z.string(),
      details: z.unknown().optional(),
      requestId: z.string(),
    }),
  })
  .meta({ id: 'Error' });

/** The CGS desk: `/v1`, `{ statusCode, data }`, and `{ statusCode, error }` for failures. */
export const cgs = defineDesk({
  name: 'cgs',
  title: 'CGS ticketing: fibre faults and the crews that repair them',
  base: '/v1',
  roles: ROLES,
  access: accessSchema,
  actorOf,
  roleOf: (person: Person) => person.role,
  vocabulary: {
    Role: ROLES,
    Region: REGIONS,
    TicketStatus: TICKET_STATUSES,
    TaskStatus: TASK_STATUSES,
    TicketType: TICKET_TYPES,
    TicketSource: TICKET_SOURCES,
    SlaType: SLA_TYPES,
    RequestKind: REQUESTS,
    IndicationCategory: INDICATION_CATEGORIES,
    ClientStatus: CLIENT_STATUSES,
    CustomerType: CUSTOMER_TYPES,
    NetworkSegment: NETWORK_SEGMENTS,
    IncidentStatus: INCIDENT_STATUSES,
    NetworkPart: NETWORK_PARTS,
  },
  refusals: {
    ...REFUSALS,
    ...USER_REFUSALS,
    ...MASTER_REFUSALS,
    ...INCIDENT_REFUSALS,
    ...WEBHOOK_REFUSALS,
  },
  success: (statusCode, data) => ({ statusCode, data }),
  successSchema: (statusCode, data) => z.object({ statusCode: z.literal(statusCode), data }),
  failure: ({ status, code, message, details }: Problem, requestId) => ({
    statusCode: status,
    error: { code, message, ...(details === undefined ? {} : { details }), requestId },
  }),
  failureSchema: errorSchema,
});

/** The problem of a refusal of the rules. */
export const problemOf = problemsOf(REFUSALS);
export const incidentProblemOf = problemsOf(INCIDENT_REFUSALS);

/** `data` of a response without content. */
export const noData = z.strictObject({});

/** `data.result` of one record. */
export const resultOf = <S extends z.ZodType>(schema: S) => z.object({ result: schema });

/** `data.result` and `data.page` of a list. */
export const listOf = <S extends z.ZodType>(schema: S) =>
  z.object({ result: z.array(schema), page: pageSchema });

/** Pages of a list as `listOf` has them. */
export const PAGES: PageStyle = {
  page: pageQuery,
  schema: listOf,
  of: (result, page) => ({ result, page }),
};
