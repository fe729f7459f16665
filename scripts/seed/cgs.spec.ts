import { expect } from 'chai';
import {
  clientSchema,
  coordinateSchema,
  ticketSchema,
} from '../../functions/src/desks/cgs/domain/schemas.ts';
import {
  INDICATION_CATEGORIES,
  REGIONS,
  TICKET_STATUSES,
} from '../../functions/src/desks/cgs/domain/vocabulary.ts';
import { INDICATIONS } from './cgs/catalogue.ts';
import { clientId, clientsAt } from './cgs/clients.ts';
import { CITIES } from './cgs/places.ts';
import { recordsAt, ticketsAt } from './cgs.ts';
import { idOf } from './ids.ts';

const NOW = new Date('2026-11-23T08:00:00.000Z');
const fresh = () => ticketsAt(NOW, new Map());

describe('the demo data of the CGS desk', () => {
  it('has tickets that the desk itself made, each valid by its schema', () => {
    for (const ticket of fresh()) ticketSchema.parse(ticket);
  });

  it('has a ticket in every status that a ticket can be in, and both ways to Closed', () => {
    const seen = new Set(fresh().map(({ latestStatus }) => latestStatus));
    // A canceled ticket is Closed; `Canceled` stands in its log and its resolution.
    const possible = TICKET_STATUSES.filter((status) => status !== 'Canceled');
    expect([...seen]).to.have.members(possible);
    const ends = new Set(fresh().map(({ resolution }) => resolution));
    expect([...ends]).to.have.members([null, 'Finished', 'Canceled']);
  });

  it('shows each region something to accept and something to validate or watch', () => {
    for (const region of REGIONS) {
      const its = fresh().filter((ticket) => ticket.region === region);
      expect(its.some(({ latestStatus }) => latestStatus === 'Open')).to.equal(true);
      expect(its.some(({ needValidate }) => needValidate)).to.equal(true);
      expect(its.some(({ inProgressByFoc }) => inProgressByFoc)).to.equal(true);
    }
  });

  it('leaves the clock nothing to do at the moment of the seed', () => {
    const due = fresh().filter(({ nextTimerAt }) => nextTimerAt !== null && nextTimerAt <= NOW);
    expect(due).to.deep.equal([]);
  });

  it('numbers the tickets of each month of the operator without gap, in order of opening', () => {
    // Half past midnight of New Year's Day in Jakarta: the year turns in the midst of the stories.
    const counts = new Map([['2026-12', 7]]);
    const made = ticketsAt(new Date('2026-12-31T17:30:00.000Z'), counts);
    const numbers = made.map(({ ticketId }) => ticketId.slice(4));
    const [last = 0, next = 0] = [counts.get('2026-12'), counts.get('2027-01')];
    expect(last - 7 + next).to.equal(made.length);
    const running = (month: string, from: number, to: number) =>
      Array.from(
        { length: to - from + 1 },
        (_, index) => `${month}-${String(from + index).padStart(4, '0')}`,
      );
    expect(numbers).to.deep.equal([...running('202612', 8, last), ...running('202701', 1, next)]);
  });

  it('has clients valid by their schema, with real coordinates, and every category of indication', () => {
    for (const client of clientsAt(NOW)) {
      clientSchema.parse(client);
      coordinateSchema.parse(client.coordinate);
    }
    for (const { pop, mainSplitter, splitters } of CITIES) {
      for (const place of [pop, mainSplitter, ...splitters])
        coordinateSchema.parse(place.coordinate);
    }
    const categories = new Set(INDICATIONS.map(({ category }) => category));
    expect([...categories]).to.have.members([...INDICATION_CATEGORIES]);
  });

  it('gives the same thing the same id at each run, and no two things one', () => {
    expect(idOf('client CID-1101')).to.equal(clientId('CID-1101'));
    expect(idOf('client CID-1101')).to.match(
      /^[0-9a-f]{8}-[0-9a-f]{4}-5[0-9a-f]{3}-[89ab][0-9a-f]{3}-/,
    );
    const paths = [
      ...recordsAt(NOW).map(({ path }) => path),
      ...fresh().map(({ documentId }) => `tickets/${documentId}`),
    ];
    expect(new Set(paths).size).to.equal(paths.length);
    const later = new Date('2027-02-01T00:00:00.000Z');
    expect(recordsAt(later).map(({ path }) => path)).to.deep.equal(
      recordsAt(NOW).map(({ path }) => path),
    );
  });
});
