import { expect } from 'chai';
import { type CgsWorld, cgsWorld, type Member } from '../desks/cgs/world.ts';
import { at, codeOf, listAt, type Received, textAt } from '../support/client.ts';
import type { TestApi } from '../support/harness.ts';
import { nth, startInstances } from '../support/instances.ts';

describe('many people accept one ticket at once', function () {
  this.timeout(60_000);
  let apis: readonly TestApi[];
  let stop: () => Promise<void>;
  let worlds: readonly CgsWorld[];
  let world: CgsWorld;
  let noc: Member;
  let crews: readonly Member[];

  before(async () => {
    ({ apis, stop } = await startInstances(3));
    worlds = apis.map(cgsWorld);
    world = nth(worlds, 0);
    noc = await world.member('NOC');
    crews = await Promise.all(Array.from({ length: 200 }, () => world.member('FOC')));
  });
  after(() => stop());

  const race = async (racers: readonly Member[], through: readonly CgsWorld[]) => {
    const id = await world.open(noc);
    const path = `/v1/tickets/${id}/ticketStatus/accept`;
    const answers = await Promise.all(
      racers.map((as, n) => nth(through, n).call('POST', path, { as })),
    );
    return { answers, ticket: await world.read(noc, id) };
  };

  const expectOneWinner = (
    racers: readonly Member[],
    answers: readonly Received[],
    ticket: unknown,
  ) => {
    const won = racers.filter((_, n) => answers[n]?.status === 201);
    const refusals = answers.filter(({ status }) => status !== 201);
    expect(won).to.have.length(1);
    expect(new Set(refusals.map(({ status }) => status))).to.deep.equal(new Set([409]));
    expect(new Set(refusals.map(codeOf))).to.deep.equal(new Set(['ticket/already-accepted']));
    expect(at(ticket, 'foc', 'id')).to.equal(won[0]?.id);
    expect(at(ticket, 'latestStatus')).to.equal('Accepted');
    const cards = listAt(ticket, 'ticketLogs').map((card) => textAt(card, 'statusName'));
    expect(cards).to.deep.equal(['Open', 'Accepted']);
  };

  for (const count of [2, 10, 50, 200]) {
    it(`gives it to exactly one of ${count}, and answers all others that it is taken`, async () => {
      const racers = crews.slice(0, count);
      const { answers, ticket } = await race(racers, [world]);
      expectOneWinner(racers, answers, ticket);
    });
  }

  it('gives it to exactly one of 200 who reach three instances', async () => {
    const { answers, ticket } = await race(crews, worlds);
    expectOneWinner(crews, answers, ticket);
  });

  it('gives it to exactly one of two, time after time', async () => {
    for (let round = 0; round < 30; round += 1) {
      const racers = [nth(crews, round), nth(crews, round + 1)];
      const { answers, ticket } = await race(racers, worlds);
      expectOneWinner(racers, answers, ticket);
    }
  });
});
