import { expect } from 'chai';
import fc from 'fast-check';
import { foc, foc2, opened, ticketIn, TIME_ZONE } from '../../../../test/desks/cgs/fixtures.ts';
import type { Write } from '../../../kernel/store/document.ts';
import type { Ticket } from '../domain/schemas.ts';
import { type Counted } from './collections.ts';
import { type Share, shift, sum } from './figures.ts';
import { countedOf, moves, placesOf, setRepeat } from './places.ts';

const closed = ticketIn(foc).Closed;
const pathsOf = (ticket: Ticket): string[] =>
  placesOf(countedOf(ticket, false, TIME_ZONE)).map(({ path }) => path);

/** Every sum that some writes make, without the counters that are zero. */
const sumsOf = (writes: readonly Write[]): Record<string, Share> => {
  const added = writes.map(({ path, ...write }) => {
    if (write.op !== 'count') throw new Error(`${path} is not counted`);
    return { path, by: write.by };
  });
  return Object.fromEntries(
    [...Map.groupBy(added, ({ path }) => path)]
      .map(([path, each]) => [path, shift({}, sum(each.map(({ by }) => by)))] as const)
      .filter(([, total]) => Object.keys(total).length > 0),
  );
};

/** A ticket at any moment of its life, of whatever region, FOC, area, ISP and indication. */
const counted: fc.Arbitrary<Counted | undefined> = fc
  .record({
    state: fc.constantFrom(opened(), ...Object.values(ticketIn(foc))),
    holder: fc.constantFrom(foc, foc2, null),
    region: fc.constantFrom('West', 'East'),
    indication: fc.constantFrom('Kabel putus', 'ONT mati', null),
    hasClient: fc.boolean(),
    repeat: fc.boolean(),
  })
  .map(({ state, holder, region, indication, hasClient, repeat }) => {
    const { client } = state;
    const described = hasClient ? client : { ...client, id: null, city: null, isp: null };
    const ticket = { ...state, foc: holder, region, indication, client: described };
    return countedOf(ticket, repeat, TIME_ZONE);
  });

describe('where a ticket is counted', () => {
  it('is its region and each of its subjects, by the month of creation and that of closing', () => {
    const rows = (basis: string) =>
      [`foc-${foc.id}`, 'area-area-bdg', 'isp-isp-1', 'indication-FiberCut'].map(
        (subject) => `statsRows/${basis}-2026-11-West-${subject}`,
      );
    expect(pathsOf(closed)).to.have.members([
      'stats/2026-11-West',
      ...rows('created'),
      'statsClosed/2026-11-West',
      ...rows('closed'),
    ]);
    expect(pathsOf(opened())).to.have.members(['stats/2026-11-West', ...rows('created').slice(1)]);
  });

  it('is the month of the operator’s time zone', () => {
    const ticket = { ...opened(), createdAt: new Date('2026-11-30T17:00:00Z') };
    expect(pathsOf(ticket)[0]).to.equal('stats/2026-12-West');
  });

  it('is one row for an indication, however it is written, and one for each category', () => {
    const rowOf = (more: Partial<Ticket>) => pathsOf({ ...opened(), ...more }).at(-1);
    const row = rowOf({ indication: 'Kabel putus' });
    expect(rowOf({ indication: ' kabel PUTUS ' })).to.equal(row);
    expect(rowOf({ indication: 'Kabel putus', indicationCategory: 'Bending' })).not.to.equal(row);
  });
});

describe('moves of figures', () => {
  it('end at the same sums on every way from one state of a ticket to another', () => {
    fc.assert(
      fc.property(fc.array(counted, { minLength: 1, maxLength: 6 }), (states) => {
        const last = states.at(-1);
        const around = states.flatMap((state, index) => moves(states[index - 1], state));
        expect(sumsOf(around)).to.deep.equal(sumsOf(moves(undefined, last)));
        expect(sumsOf([...around, ...moves(last, undefined)])).to.deep.equal({});
      }),
    );
  });

  it('are none for a ticket that is counted as before', () => {
    fc.assert(
      fc.property(counted, (state) => {
        expect(moves(state, structuredClone(state))).to.deep.equal([]);
      }),
    );
  });

  it('touch only the sums of its region when nothing but the status changes', () => {
    const { Accepted, OnTheWay } = ticketIn(foc);
    const [from, to] = [Accepted, OnTheWay].map((ticket) => countedOf(ticket, false, TIME_ZONE));
    expect(moves(from, to).map(({ path }) => path)).to.deep.equal(['stats/2026-11-West']);
  });

  it('give a row the new name of its subject', () => {
    const named = countedOf(ticketIn({ ...foc, name: 'New' }).Accepted, false, TIME_ZONE);
    const writes = moves(countedOf(ticketIn(foc).Accepted, false, TIME_ZONE), named);
    expect(writes).to.have.length(1);
    expect(writes[0]).to.deep.include({ op: 'count', by: {} });
    expect(writes[0]).to.have.nested.property('data.name', 'New');
  });

  it('turn a repeat in every sum of the ticket', () => {
    const from = countedOf(closed, false, TIME_ZONE);
    const turned = moves(from, setRepeat(from, true));
    expect(turned).to.have.length(10);
    for (const write of turned) expect(write).to.deep.include({ by: { repeats: 1 } });
  });
});
