import { expect } from 'chai';
import type { Effect } from './desk-history.ts';
import { type Evidence, judge, report } from './oracle.ts';
import type { Sent } from './sending.ts';
import type { StoreView } from './store-view.ts';

const TICKET = 'tickets/1';

const sent = (effects: readonly Effect[], more: Partial<Sent> = {}): Sent => ({
  who: 'somebody',
  asked: { method: 'POST', path: '/tickets', effects },
  outcome: 'done',
  effects,
  made: undefined,
  began: 1,
  ended: 2,
  tries: 1,
  status: 201,
  text: '{}',
  ...more,
});

const store = (more: Partial<StoreView> = {}): StoreView => ({
  documents: new Set([TICKET]),
  entries: [],
  values: new Map(),
  holds: new Map(),
  faults: [],
  lastNumbers: new Map(),
  ...more,
});

const note = (what: string) => ({ document: TICKET, in: TICKET, what });
const title = (value: string) => new Map([[`${TICKET} title`, value]]);

const found = (
  requests: readonly Sent[],
  after: Partial<StoreView>,
  more: Partial<Evidence> = {},
) =>
  judge({ sent: requests, before: store(), after: store(after), watched: [], ...more }).map(
    ({ problem }) => problem,
  );

describe('the judge of a history', () => {
  const adds = [{ adds: 'one', in: TICKET }];
  const unknown = { outcome: 'unknown', status: undefined } as const;
  const refused = { outcome: 'refused', status: 409 } as const;
  const [once, twice] = [[note('one')], [note('one'), note('one')]];

  it('accepts what each request may have left', () => {
    expect(found([sent(adds)], { entries: once })).to.deep.equal([]);
    expect(found([sent(adds, unknown)], { entries: once })).to.deep.equal([]);
    expect(found([sent(adds, unknown)], { entries: [] })).to.deep.equal([]);
    expect(found([sent(adds, refused)], { entries: [] })).to.deep.equal([]);
  });

  it('finds an acknowledged effect that is missing, or there twice', () => {
    const problem = (times: number) =>
      `"${TICKET}: one" is in the store ${times} times, should be 1`;
    expect(found([sent(adds)], { entries: [] })).to.deep.equal([problem(0)]);
    expect(found([sent(adds)], { entries: twice })).to.deep.equal([problem(2)]);
  });

  it('finds a lost effect that is there twice, a refused one, and one that nobody asked for', () => {
    expect(found([sent(adds, unknown)], { entries: twice })).to.have.lengthOf(1);
    expect(found([sent(adds, refused)], { entries: once })).to.have.lengthOf(1);
    expect(found([], { entries: once })).to.have.lengthOf(1);
  });

  it('misses nothing in a document that was deleted, and finds what is left of it', () => {
    const remove = sent([{ removes: TICKET }]);
    const gone = new Set<string>();
    expect(found([sent(adds), remove], { documents: gone })).to.deep.equal([]);
    expect(found([remove], {})).to.deep.equal([`${TICKET} was deleted, but is there`]);
    const left = { documents: gone, entries: once };
    expect(found([sent(adds), remove], left)).to.deep.equal([
      `${TICKET} says "one" of ${TICKET}, which is gone`,
    ]);
  });

  it('misses no document of a document that was deleted', () => {
    const comment = sent(adds, { made: 'comments/1' });
    const gone = { documents: new Set<string>() };
    expect(found([comment, sent([{ removes: TICKET }])], gone)).to.deep.equal([]);
    expect(found([comment], { entries: once })).to.deep.equal([
      'comments/1 is gone, and nobody deleted it',
    ]);
  });

  it('finds a document that nobody deleted, or two did', () => {
    const gone = { documents: new Set<string>() };
    const remove = sent([{ removes: TICKET }]);
    expect(found([], gone)).to.deep.equal([`${TICKET} is gone, and nobody deleted it`]);
    expect(found([remove, remove], gone)).to.deep.equal([`${TICKET} was deleted twice`]);
  });

  it('accepts the value of a request that may have been the last one', () => {
    const first = sent([{ sets: 'title', to: 'a', in: TICKET }], { began: 1, ended: 4 });
    const other = sent([{ sets: 'title', to: 'b', in: TICKET }], { began: 3, ended: 6 });
    const lost = sent([{ sets: 'title', to: 'c', in: TICKET }], { ...unknown, ended: 2 });
    for (const value of ['a', 'b', 'c']) {
      expect(found([first, other, lost], { values: title(value) })).to.deep.equal([]);
    }
  });

  it('finds a value that a later request replaced, that was refused, or that nobody set', () => {
    const first = sent([{ sets: 'title', to: 'a', in: TICKET }], { began: 1, ended: 2 });
    const later = sent([{ sets: 'title', to: 'b', in: TICKET }], { began: 3, ended: 4 });
    const bad = sent([{ sets: 'title', to: 'c', in: TICKET }], refused);
    for (const value of ['a', 'c', 'd']) {
      const problems = found([first, later, bad], { values: title(value) });
      expect(problems).to.deep.equal([`${TICKET} title is "${value}", which no last request set`]);
    }
    const before = store({ values: title('old') });
    expect(found([bad], { values: title('c') }, { before })).to.have.lengthOf(1);
    expect(found([bad], { values: title('old') }, { before })).to.deep.equal([]);
  });

  it('finds gaps, numbers beyond the counter, and a number that two requests got', () => {
    const watched = [{ collection: 'tickets', shown: () => ({}) }];
    const lastNumbers = new Map([['tickets', 2]]);
    expect(found([], { lastNumbers }, { watched })).to.deep.equal([
      'nobody has the numbers tickets/2',
    ]);
    const untold = [sent([{ adds: 'reply', in: 'threads/1' }]), sent([{ removes: 'threads/1' }])];
    expect(found(untold, { lastNumbers }, { watched })).to.deep.equal([]);
    const documents = new Set([TICKET, 'tickets/2', 'tickets/3']);
    expect(found([], { lastNumbers, documents }, { watched })).to.deep.equal([
      'tickets/3 is beyond the last number, 2',
    ]);
    const made = { made: TICKET };
    expect(found([sent([], made), sent([], made)], {})).to.deep.equal([
      `${TICKET} was given to several requests`,
    ]);
  });

  it('finds a document that miscounts what is in it', () => {
    const entries = [{ document: 'comments/1', in: TICKET, what: 'one' }];
    const counting = (count: number) =>
      found([sent(adds)], { entries, holds: new Map([[TICKET, count]]) });
    expect(counting(1)).to.deep.equal([]);
    expect(counting(2)).to.deep.equal([`${TICKET} counts 2 documents in it, but there are 1`]);
  });

  it('finds what is wrong with a document by itself', () => {
    const faults = [`${TICKET} is due since noon`];
    expect(found([], { faults })).to.deep.equal(faults);
  });

  it('finds answers that no outage explains', () => {
    const failed = { outcome: 'refused', status: 500 } as const;
    expect(found([sent([], failed)], {})).to.deep.equal(['was answered 500']);
  });

  it('tells which requests are behind a problem, in their order', () => {
    const later = sent(adds, { began: 5, ended: 6, who: 'the second' });
    const first = sent(adds, { began: 1, ended: 4, who: 'the first' });
    const text = report([{ problem: 'Twice.', requests: [later, first] }]);
    expect(text).to.match(/^Twice\.\n.*the first: POST \/tickets → done[^]*the second/);
  });
});
