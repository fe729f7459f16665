import {
  categorySetting,
  slaSetting,
} from '../../../functions/src/desks/cgs/settings/collection.ts';
import type { DocKey } from '../../../functions/src/kernel/store/document.ts';
import { type CollectionCheck, type DeskChecks, readDoc } from '../check.ts';
import { incidentCheck } from './incidents.ts';
import { masterChecks } from './master.ts';
import {
  counterCheck,
  INCIDENT_NUMBERS,
  incidentCounterCheck,
  numbersAcross,
  TICKET_NUMBERS,
} from './numbers.ts';
import { peopleCheck } from './people.ts';
import { ticketCheck } from './tickets.ts';

const SETTINGS = new Map<string, DocKey<unknown>>(
  [slaSetting, categorySetting].map((key) => [key.id, key]),
);

/** `settings/{name}`: this desk's settings fit their schemas. */
const settingCheck: CollectionCheck = {
  collection: 'settings',
  refers: () => [],
  faults: ({ id, data }) => {
    const key = SETTINGS.get(id);
    const read = key === undefined ? undefined : readDoc(key, data);
    return read !== undefined && 'faults' in read ? read.faults : [];
  },
};

/** What must hold of the CGS desk's documents. Counters are read before and after what they
 * number. */
export const cgsChecks: DeskChecks = {
  collections: [
    peopleCheck,
    ...masterChecks,
    counterCheck,
    ticketCheck,
    counterCheck,
    incidentCounterCheck,
    incidentCheck,
    incidentCounterCheck,
    settingCheck,
  ],
  across: [() => numbersAcross(TICKET_NUMBERS), () => numbersAcross(INCIDENT_NUMBERS)],
};
