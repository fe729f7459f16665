import { acceptLatency } from './accept-latency.ts';
import { acceptRace } from './accept-race.ts';
import { budgets } from './budgets.ts';
import { creates } from './creates.ts';
import { growth } from './growth.ts';
import { importClients } from './import.ts';
import type { Line } from './line.ts';
import { loadTimes } from './load-time.ts';
import { notices } from './notices.ts';
import { numberedCreates } from './numbered.ts';
import { operator } from './operator.ts';
import { openings } from './openings.ts';
import { signIns } from './sign-ins.ts';
import { sweepOfDue } from './sweep.ts';
import { uploads } from './uploads.ts';
import { deliveriesOfWebhooks } from './webhooks.ts';

/**
 * What `npm run bench` measures, in this order. A new subject is a file and a name here. Growth
 * comes last, because queries that the emulator has not finished slow down the next line.
 */
export const LINES: readonly Line[] = [
  acceptRace,
  creates,
  acceptLatency,
  budgets,
  loadTimes,
  openings,
  numberedCreates,
  notices,
  deliveriesOfWebhooks,
  uploads,
  operator,
  signIns,
  importClients,
  sweepOfDue,
  growth,
];
