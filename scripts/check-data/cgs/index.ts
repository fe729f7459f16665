import {
  categorySetting,
  slaSetting,
} from '../../../functions/src/desks/cgs/settings/collection.ts';
import { type DeskChecks, settingCheck } from '../check.ts';
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
    settingCheck(slaSetting, categorySetting),
  ],
  across: [() => numbersAcross(TICKET_NUMBERS), () => numbersAcross(INCIDENT_NUMBERS)],
};
