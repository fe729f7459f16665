import { expect } from 'chai';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { collection } from '../store/collection.ts';
import { pageQuery } from '../store/page.ts';
import { costsOf } from './costs.ts';
import type { Samples } from './declaration.ts';
import { UUIDS } from './ids.ts';
import { kindOf } from './kind.ts';
import { resourceKit } from './kit.ts';
import { isWithin, narrowed } from './reach.ts';

const written = { createdAt: z.date(), updatedAt: z.date() };
const shelves = collection(
  'shelves',
  z.object({ id: z.string(), name: z.string(), hall: z.string(), ...written }),
  { queries: { list: { optional: ['hall'], orderBy: 'name' } } },
);
const body = z.strictObject({ name: z.string(), hall: z.string() });
const samples: Samples = { given: 'shelf', body: { name: 'A', hall: 'N' }, patch: { name: 'B' } };

const shelf = {
  path: '/shelves',
  one: 'shelf',
  many: 'shelves',
  contract: 'none',
  ids: UUIDS,
  collection: shelves,
  body,
  patch: body.partial(),
  wire: body,
  readers: ['Keeper'],
  writers: ['Keeper'],
  samples,
} as const;
const make = (
  given: z.output<typeof body>,
  stored: { id: string; createdAt: Date; updatedAt: Date },
) => ({
  ...stored,
  ...given,
});

type Keeper = { readonly halls: readonly string[] | undefined };
const hall = { hall: ({ halls }: Keeper) => halls };

describe('the reach of a kind of records', () => {
  it('hides records with a value that the caller may not see', () => {
    expect(isWithin(hall, { halls: ['N'] }, { hall: 'N' })).to.equal(true);
    expect(isWithin(hall, { halls: ['N'] }, { hall: 'S' })).to.equal(false);
    expect(isWithin(hall, { halls: [] }, { hall: 'N' })).to.equal(false);
    expect(isWithin(hall, { halls: undefined }, { hall: 'S' })).to.equal(true);
  });

  it('gives a list one alternative for each value, and none for a filter outside', () => {
    expect(narrowed(hall, { halls: ['N', 'S'] }, { name: 'A' })).to.deep.equal([
      { name: 'A', hall: 'N' },
      { name: 'A', hall: 'S' },
    ]);
    expect(narrowed(hall, { halls: ['N'] }, { hall: 'N' })).to.deep.equal([{ hall: 'N' }]);
    expect(narrowed(hall, { halls: ['N'] }, { hall: 'S' })).to.deep.equal([]);
    expect(narrowed(hall, { halls: undefined }, { hall: 'S' })).to.deep.equal([{ hall: 'S' }]);
  });
});

describe('the costs of a kind of records', () => {
  it('count its reservations, and a reservation that the sample changes twice', () => {
    const kind = kindOf({ ...shelf, make, uniques: [['name'], ['hall']] });
    const { create, update, remove } = costsOf(kind);
    expect(create).to.deep.equal({ reads: 3, writes: 3 });
    expect(update).to.deep.equal({ reads: 4, writes: 3 });
    expect(remove).to.deep.equal({ reads: 2, writes: 4 });
  });
});

describe('a declaration', () => {
  const record = resourceKit<Keeper, 'Keeper', 'shelf/in-use'>(
    {
      endpoint: (spec) => ({
        ...spec,
        refusals: [],
        admit: () => undefined,
        prepare: () => new Problem('', { status: 400, message: '' }),
      }),
      refuse: (code) => new Problem(code, { status: 409, message: code }),
    },
    {
      list: { page: pageQuery, schema: (wire) => wire, of: (rows) => rows },
      get: { schema: (wire) => wire, of: (each) => each },
      refusals: { inUse: 'shelf/in-use' },
    },
  );

  it('has five endpoints, and two more with CSV', () => {
    expect(record({ ...shelf, make }).endpoints).to.have.length(5);
    expect(record({ ...shelf, make, csv: true }).endpoints).to.have.length(7);
  });

  it('does not compile with the name of an unknown field', () => {
    // @ts-expect-error: no such field of the document
    record({ ...shelf, make, uniques: [['nome']] });
    // @ts-expect-error: no such field of the document
    record({ ...shelf, make, fixedInUse: ['nome'] });
    // @ts-expect-error: no such field of the document
    record({ ...shelf, make, filters: { nome: z.string() } });
    // @ts-expect-error: no such field of the document
    record({ ...shelf, make, reach: { nome: () => [] } });
    // @ts-expect-error: no such field of the request
    record({ ...shelf, make, references: { nome: { to: shelves, one: 'shelf' } } });
    // @ts-expect-error: no such field of the request
    record({ ...shelf, make, references: { hall: { to: shelves, one: 'shelf', within: 'nome' } } });
  });
});
