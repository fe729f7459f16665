import fc from 'fast-check';
import { WAYS } from './known.ts';
import type { Play } from './play.ts';

export const PEOPLE = 3;
const BROWSERS = 4;

/** Something that happens in a play; fast-check prints its name and arguments. */
export interface Move {
  readonly make: (play: Play) => Promise<void>;
}

const move = <Args extends readonly unknown[]>(
  weight: number,
  name: string,
  args: fc.Arbitrary<Args>,
  make: (play: Play, ...args: Args) => Promise<void>,
): { weight: number; arbitrary: fc.Arbitrary<Move> } => ({
  weight,
  arbitrary: args.map((values) => ({
    make: (play) => make(play, ...values),
    [fc.toStringMethod]: () => `${name}(${values.join(', ')})`,
  })),
});

const person = fc.nat(PEOPLE - 1);
/** Mostly a late one, open or not. */
const session = fc.oneof(fc.nat(4), fc.nat(99));
const way = fc.constantFrom(...WAYS);
const mostly = fc.nat(5).map((die) => die > 0);

export const moves: fc.Arbitrary<Move> = fc.oneof(
  move(9, 'login', fc.tuple(person, fc.nat(BROWSERS - 1), mostly), (play, ...args) =>
    play.login(...args),
  ),
  move(1, 'crowd', fc.tuple(person, fc.integer({ min: 18, max: 21 })), (play, ...args) =>
    play.crowd(...args),
  ),
  move(4, 'logOut', fc.tuple(session, way), (play, ...args) => play.logOut(...args)),
  move(2, 'renew', fc.tuple(session), (play, ...args) => play.renew(...args)),
  move(2, 'listen', fc.tuple(session), (play, ...args) => play.listen(...args)),
  move(1, 'signInPast', fc.tuple(person), (play, ...args) => play.signInPast(...args)),
  move(3, 'wait', fc.tuple(fc.constantFrom(1, 5, 11, 12, 25)), (play, ...args) =>
    play.wait(...args),
  ),
  move(3, 'use', fc.tuple(session, way), (play, ...args) => play.use(...args)),
  // A session's longest time is less than 16 times eleven hours.
  move(3, 'work', fc.tuple(way, fc.constantFrom(3, 16)), (play, ...args) => play.work(...args)),
  move(1, 'rename', fc.tuple(person), (play, ...args) => play.rename(...args)),
  move(3, 'setActive', fc.tuple(person, mostly), (play, ...args) => play.setActive(...args)),
  move(2, 'setRole', fc.tuple(person, fc.constantFrom('FOC', 'NOC')), (play, ...args) =>
    play.setRole(...args),
  ),
  move(1, 'setPassword', fc.tuple(person), (play, ...args) => play.setPassword(...args)),
  move(3, 'admit', fc.tuple(person, mostly), (play, ...args) => play.admit(...args)),
  move(1, 'dismiss', fc.tuple(person), (play, ...args) => play.dismiss(...args)),
  move(1, 'replace', fc.tuple(person), (play, ...args) => play.replace(...args)),
);
