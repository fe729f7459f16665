import { expect } from 'chai';
import { z } from 'zod';
import { Problem } from '../problem.ts';
import { barePageQuery, decodeCursor, encodeCursor, heldPage, pageQuery } from './page.ts';

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
