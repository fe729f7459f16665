import { accountsOf, freshAddress, PASSWORD } from '../../functions/test/support/accounts.ts';
import { type Line, median, ms, oneTo, ratio, timed } from './line.ts';

const ROUNDS = 60;
const GUESSES = 1000;
const WRONG = 'wrong-password';

/** How alike failures are in time, and how long a burst of guesses takes. */
export const signIns: Line = {
  name: 'sign-ins',
  run: async ({ api, world }) => {
    const { person, login } = accountsOf(api, world);
    const [known, gone, hunted] = await Promise.all(['FOC', 'FOC', 'FOC'].map(() => person('FOC')));
    if (known === undefined || gone === undefined || hunted === undefined)
      throw new Error('nobody');
    await api.runtime.accounts.update(gone.id, { disabled: true });
    const failures = {
      wrong: () => login(known.email, WRONG),
      unknown: () => login(`nobody.${known.id}@crewline.test`, WRONG),
      inactive: () => login(gone.email, PASSWORD),
    };
    const took: Record<keyof typeof failures, number[]> = { wrong: [], unknown: [], inactive: [] };
    for (let round = 0; round < ROUNDS; round += 1) {
      took.wrong.push(await timed(failures.wrong));
      took.unknown.push(await timed(failures.unknown));
      took.inactive.push(await timed(failures.inactive));
    }
    const headers = { 'X-Forwarded-For': freshAddress() };
    const burst = await timed(() =>
      Promise.all(oneTo(GUESSES).map(() => login(hunted.email, WRONG, { headers }))),
    );
    const compared = (whose: 'unknown' | 'inactive', what: string) =>
      ratio(what, 'times as long', [median(took[whose]), median(took.wrong)], { atMost: 1.2 });
    return [
      compared('unknown', 'a failed login of nobody’s e-mail against a wrong password'),
      compared('inactive', 'a failed login of an inactive person against a wrong password'),
      {
        what: `${GUESSES} guesses at once on one account from one network, until all are answered`,
        value: burst / 1000,
        unit: 's',
        atMost: 10,
        note: ms(burst / GUESSES),
      },
    ];
  },
};
