import { desks } from '../../functions/src/api.ts';
import { cgsStage } from '../../functions/test/http/matrix/cgs-stage.ts';
import { ispStage } from '../../functions/test/http/matrix/isp-stage.ts';
import { nameOf, sendSample } from '../../functions/test/http/matrix/case.ts';
import type { StageOf } from '../../functions/test/http/matrix/stage.ts';
import { communityStage } from '../../functions/test/http/matrix/community-stage.ts';
import { urbanStage } from '../../functions/test/http/matrix/urban-stage.ts';
import { at, type Received } from '../../functions/test/support/client.ts';
import { guarded } from '../../functions/test/support/guard.ts';
import { startApi } from '../../functions/test/support/harness.ts';
import { meteredStore } from '../../functions/test/support/wire-meter.ts';
import type { Figure, Line } from './line.ts';

/** How each desk's samples are brought about: a new desk adds a line. */
const STAGES: Readonly<Record<string, StageOf>> = {
  cgs: cgsStage,
  community: communityStage,
  isp: ispStage,
  urban: urbanStage,
};

const isList = (value: unknown): value is readonly unknown[] => Array.isArray(value);

/** The rows of an answer: of a list in whichever envelope, of all its groups, or of a table. */
const rowsIn = ({ body, text }: Received): number => {
  if (body === undefined) return text.trimEnd().split('\n').length - 1;
  const groups: unknown[] = Object.values(Object(body));
  if (groups.length > 0 && groups.every(isList)) return groups.flat().length;
  return [at(body, 'data', 'result'), at(body, 'data'), body].find(isList)?.length ?? 0;
};

/** Documents that each endpoint's sample reads and writes, counted on the wire. */
export const budgets: Line = {
  name: 'budgets',
  run: async () => {
    const { store, wire } = meteredStore();
    const api = await startApi({ store });
    const ask = guarded(api, wire);
    const figures: Figure[] = [];
    for (const desk of desks) {
      const stage = STAGES[desk.name]?.(api);
      if (stage === undefined) {
        const note = 'scripts/bench/budgets.ts has no stage for it';
        figures.push({ what: `the desk ${desk.name}`, value: Number.NaN, unit: 'documents', note });
        continue;
      }
      for (const endpoint of desk.endpoints) {
        const { cost, sample } = endpoint;
        const each = { desk, endpoint, ask, stage: () => stage };
        const answer = await sendSample(each, await stage.bring(sample.given));
        const { reads, writes } = answer;
        const most = typeof cost.reads === 'number' ? cost.reads : cost.reads(rowsIn(answer));
        const isDone = answer.status === endpoint.status;
        figures.push({
          what: nameOf(each),
          value: reads + writes,
          unit: 'documents',
          aim: {
            text: `${most} read, ${cost.writes} written`,
            isMet: isDone && reads <= most && writes <= cost.writes,
          },
          ...(!isDone && { note: `its sample was answered ${answer.status}` }),
        });
      }
    }
    await api.stop();
    const kept = figures.filter(({ aim }) => aim?.isMet).length;
    const summary = {
      what: `endpoints of ${figures.length} whose sample reads and writes no more than declared`,
      value: kept,
      unit: 'endpoints',
      aim: { text: 'all', isMet: kept === figures.length },
    };
    return [summary, ...figures];
  },
};
