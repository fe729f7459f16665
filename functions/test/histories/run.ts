/**
 * `npm run histories`: plays one random history after the other, until the time is over or a promise
 * is broken. Each line names its seed.
 *
 *   npm run histories -- --minutes 10
 *   npm run histories -- --seed 4711               this one, once
 *   npm run histories -- --desk cgs --minutes 3    the people of one desk; several: cgs,isp
 *
 * Exit code 1 when something is wrong: it prints the seed, and what is wrong with the requests behind
 * it.
 */
import { parseArgs } from 'node:util';
import { randomInt } from 'node:crypto';
import { Problem, runMain } from '../../../scripts/setup/problem.mjs';
import { KITS } from '../desks/kits.ts';
import { BACKGROUND, playHistory, type Verdict } from './history.ts';

/** Some 30 seconds each, on two cores. */
const SIZE = { requests: 60, rounds: 2 };
const USUAL_MINUTES = 10;
const LARGEST_SEED = 1_000_000_000;

const desksOf = (names: string | undefined) => {
  const all = Object.entries(KITS);
  const wanted = names?.split(',') ?? all.map(([name]) => name);
  const unknown = wanted.filter((name) => !all.some(([each]) => each === name));
  if (unknown.length > 0) throw new Problem(`There is no desk ${unknown.join(', ')}.`);
  const chosen = all.filter(([name]) => wanted.includes(name));
  return Object.fromEntries(chosen.map(([name, { history }]) => [name, history]));
};

const numberOf = (name: string, text: string): number => {
  const number = Number(text);
  if (!(number >= 0)) throw new Problem(`--${name} takes a number, not ${text}.`);
  return number;
};

const lineOf = ({ desk, outcomes: { done, refused, unknown } }: Verdict): string =>
  `${desk} ${done}/${refused}/${unknown}`;

/** Plays one. Returns whether every promise was kept. */
const play = async (seed: number, names: string | undefined): Promise<boolean> => {
  const started = performance.now();
  const verdicts = await playHistory({ seed, desks: desksOf(names), ...SIZE });
  const seconds = ((performance.now() - started) / 1000).toFixed(1);
  const told = verdicts.find(({ desk }) => desk === BACKGROUND)?.outcomes.done;
  const counts = [...verdicts.slice(0, -2).map(lineOf), `${told} notices`].join(', ');
  const wrong = verdicts.filter(({ problems }) => problems !== '');
  console.log(`${wrong.length === 0 ? '✔' : '✖'} seed ${seed}  ${seconds} s  ${counts}`);
  for (const { desk, problems } of wrong) console.log(`\n${desk}:\n${problems}\n`);
  if (wrong.length === 0) return true;
  const again = names === undefined ? '' : ` --desk ${names}`;
  console.log(`Repeat it: npm run histories -- --seed ${seed}${again}`);
  return false;
};

const main = async (): Promise<void> => {
  const { values } = parseArgs({
    options: { minutes: { type: 'string' }, seed: { type: 'string' }, desk: { type: 'string' } },
  });
  const { minutes, seed: first, desk } = values;
  const usual = first === undefined ? USUAL_MINUTES : 0;
  const time = minutes === undefined ? usual : numberOf('minutes', minutes);
  const until = performance.now() + time * 60_000;
  let seed = first === undefined ? randomInt(LARGEST_SEED) : numberOf('seed', first);
  console.log('Requests of each desk: done/refused/unknown');
  do {
    if (!(await play(seed, desk))) {
      process.exitCode = 1;
      return;
    }
    seed += 1;
  } while (performance.now() < until);
};

await runMain(main, 2);
process.exit();
