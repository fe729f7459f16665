import { expect } from 'chai';
import { KITS } from '../desks/kits.ts';
import { BACKGROUND, CHECK_DATA, playHistory, type Verdict } from './history.ts';

/** `npm run histories` plays others. */
const SEED = 1;

describe('a history of people at every desk, under cuts and kills', function () {
  this.timeout(180_000);
  const desks = Object.fromEntries(
    Object.values(KITS).map(({ desk, history }) => [desk.name, history]),
  );
  let verdicts: readonly Verdict[];

  before(async () => {
    verdicts = await playHistory({ seed: SEED, desks, requests: 25, rounds: 1 });
  });

  const verdictOf = (name: string): Verdict | undefined =>
    verdicts.find(({ desk }) => desk === name);

  for (const name of Object.keys(desks)) {
    it(`${name}: each acknowledged effect is in the store once, and nothing else is`, () => {
      expect(verdictOf(name)?.problems).to.equal('');
    });

    it(`${name}: there were successes and refusals`, () => {
      const { done = 0, refused = 0 } = verdictOf(name)?.outcomes ?? {};
      expect(done).to.be.greaterThan(0);
      expect(refused).to.be.greaterThan(0);
    });
  }

  it('tells everybody once of each change, and leaves no upload that nothing shows', () => {
    expect(verdictOf(BACKGROUND)?.problems).to.equal('');
    expect(verdictOf(BACKGROUND)?.outcomes.done).to.be.greaterThan(0);
  });

  it('leaves sound data, figures included', () => {
    expect(verdictOf(CHECK_DATA)?.problems).to.equal('');
  });
});
