import { expect } from 'chai';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import {
  barePageQuery,
  decodeCursor,
  encodeCursor,
  findFitting,
  heldPage,
  pageQuery,
} from './page.ts';

const refusal = (cursor: string, length: number): unknown => {
  try {
    return decodeCursor(cursor, length);
  } catch (error) {
    return error instanceof Problem ? error.status : error;
  }
};

describe('a cursor', () => {
  it('decodes to the position that it was made from, with dates as dates', () => {
    const date = new Date('2026-11-02T01:02:03.004Z');
    for (const position of [[date, 'id'], ['BANDUNG', 'id'], [7.5, 'id'], [null, 'a.b'], ['id']]) {
      expect(decodeCursor(encodeCursor(position), position.length)).to.deep.equal(position);
    }
  });

  it('does not mistake a text that looks like a date for a date', () => {
    const position = ['2026-11-02T01:02:03.004Z', 'id'];
    expect(decodeCursor(encodeCursor(position), 2)).to.deep.equal(position);
  });

  it('needs no escaping in a URL', () => {
    expect(encodeCursor(['??>>~~', 'id'])).to.match(/^[\w-]+$/);
  });

  it('is refused when it has the form of another list', () => {
    for (const values of [[], ['a'], ['a', 'b', 'c'], [[], 'id'], [{}, 'id'], [true, 'id']]) {
      expect(refusal(encodeCursor(values), 2)).to.equal(400);
    }
    for (const text of ['', 'x', '%', 'bnVsbA', 'e30']) expect(refusal(text, 2)).to.equal(400);
  });

  it('is refused when its last part is no valid id of a document', () => {
    for (const id of ['', '.', '..', 'a/b', '__x__', 'x'.repeat(1501), 7, null]) {
      expect(refusal(encodeCursor(['a', id]), 2)).to.equal(400);
    }
  });

  it('is refused when Firestore can’t store its date', () => {
    const early = Buffer.from('[{"date":"0000-06-01T00:00:00Z"},"id"]').toString('base64url');
    expect(refusal(early, 2)).to.equal(400);
  });
});

describe('a page of the rows that fit', () => {
  /** Reads all pages of the rows from 1 to `last` that fit, and how many rows each trip reads. */
  const pages = async (last: number, wanted: number, fits: (row: number) => boolean) => {
    const trips: number[] = [];
    const find = async (after: number | undefined, limit: number) => {
      trips.push(limit);
      const from = after ?? 0;
      return Array.from({ length: Math.min(limit, last - from) }, (_, index) => from + index + 1);
    };
    const found: number[][] = [];
    for (let after: number | undefined; ; ) {
      const page = await findFitting(find, fits, { wanted, after });
      found.push([...page.rows]);
      after = page.last;
      if (after === undefined) return { found, trips };
    }
  };

  it('reads no row twice and no more than it shows, where all rows fit', async () => {
    const { found, trips } = await pages(5, 2, () => true);
    expect(found).to.deep.equal([[1, 2], [3, 4], [5]]);
    expect(trips).to.deep.equal([2, 2, 2]);
  });

  it('is full as long as rows follow that fit, each of which is on one page', async () => {
    for (const wanted of [1, 3, 7, 100]) {
      for (const every of [2, 3, 10]) {
        const fits = (row: number) => row % every === 0;
        const { found } = await pages(300, wanted, fits);
        const all = Array.from({ length: 300 }, (_, index) => index + 1).filter(fits);
        expect(found.flat()).to.deep.equal(all);
        const full = found.filter(({ length }) => length === wanted);
        expect(full.length).to.equal(Math.floor(all.length / wanted));
      }
    }
  });

  it('reads as many rows as are likely to have the missing ones among them', async () => {
    const { trips } = await pages(40, 10, (row) => row !== 3);
    expect(trips.slice(0, 2)).to.deep.equal([10, 2]);
  });

  it('ends after five trips where hardly any row fits, with a place to read on', async () => {
    const { found, trips } = await pages(1000, 20, (row) => row === 1000);
    expect(trips.slice(0, 5)).to.deep.equal([20, 100, 100, 100, 100]);
    expect(found).to.deep.equal([[], [], [1000]]);
  });
});

describe('a page’s limit', () => {
  const limit = (value: unknown) => z.object(pageQuery).safeParse({ limit: value }).data?.limit;

  it('is 20 by default, and from 1 to 100', () => {
    expect(limit(undefined)).to.equal(20);
    expect([limit('1'), limit('100')]).to.deep.equal([1, 100]);
    for (const value of ['0', '101', '-1', '1.5', 'x', '', ['1', '2']]) {
      expect(limit(value), String(value)).to.equal(undefined);
    }
  });
});

describe('a page of a list that a document holds', () => {
  const read = (all: readonly number[], query: object) => {
    const headers = new Map<string, string>();
    const setHeader = (name: string, value: string) => void headers.set(name, value);
    const rows = heldPage({ setHeader }, all, z.object(barePageQuery).parse(query));
    return { rows, next: headers.get('X-Next-Cursor'), total: headers.get('X-Total-Count') };
  };

  it('leads through the list, each entry once, and says when it ends', () => {
    const first = read([1, 2, 3, 4], { limit: 2 });
    expect(first.rows).to.deep.equal([1, 2]);
    const second = read([1, 2, 3, 4], { limit: 2, cursor: first.next });
    expect(second).to.deep.equal({ rows: [3, 4], next: undefined, total: undefined });
  });

  it('says how many entries there are, if asked to', () => {
    expect(read([1, 2, 3], { limit: 2, count: 'true' }).total).to.equal('3');
    expect(read([], { count: 'true' })).to.deep.equal({ rows: [], next: undefined, total: '0' });
  });

  it('refuses a cursor that is no position', () => {
    for (const values of [['a'], ['-1'], ['1.5'], ['1', '2'], [], ['1234567890']]) {
      expect(() => read([1], { cursor: encodeCursor(values) })).to.throw(Problem);
    }
  });
});
