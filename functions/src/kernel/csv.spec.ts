import { expect } from 'chai';
import fc from 'fast-check';
import { Problem } from './problem.ts';
import { guardCell, readCell, readSheet, writeLines } from './csv.ts';

const cell = fc.string({ unit: 'grapheme' });
const risky = fc
  .tuple(fc.constantFrom('=', '+', '-', '@', "'", "'=", "''-", '\t', '\r', '-1', '+62 8'), cell)
  .map((parts) => parts.join(''));

describe('a cell of an export', () => {
  it('never begins like a formula, unless it is a number or a coordinate', () => {
    const numbers = /^[+-]?\d+(\.\d+)?(, ?[+-]?\d+(\.\d+)?)?$/;
    fc.assert(
      fc.property(
        risky,
        (text) => numbers.test(guardCell(text)) || !/^[=+\-@\t\r]/.test(guardCell(text)),
      ),
    );
  });

  it('is the same when it is read back', () => {
    fc.assert(fc.property(fc.oneof(cell, risky), (text) => readCell(guardCell(text)) === text));
  });

  it('keeps negative numbers and coordinates as they are', () => {
    for (const text of ['-6.9147,107.6098', '-6.9, -107.6', '+1', '-0.5']) {
      expect(guardCell(text)).to.equal(text);
    }
  });

  it('does not mistake a formula for a number', () => {
    for (const text of ['-1+1', '+1|cmd', '-6.9,107.6,=1', '=1', '@A1', '-']) {
      expect(guardCell(text)).to.equal(`'${text}`);
    }
  });
});

describe('a sheet', () => {
  it('has the cells that were written, whatever they hold', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.tuple(fc.oneof(cell, risky), cell), { minLength: 1 }),
        async (rows) => {
          const filled = rows.map(([one, other]) => [`x${one}`, other]);
          const sheet = await readSheet(writeLines([['a', 'b'], ...filled]), ['a', 'b']);
          if (sheet instanceof Problem) throw sheet;
          expect(sheet.rows.map(({ cells }) => [cells['a'], cells['b']])).to.deep.equal(filled);
        },
      ),
      { numRuns: 50 },
    );
  });

  it('may have a byte order mark, any line endings and empty lines', async () => {
    const sheet = await readSheet('\uFEFFa,b\r\n1,2\r\n\r\n3,4', ['a', 'b']);
    if (sheet instanceof Problem) throw sheet;
    expect(sheet.rows.map(({ row, cells }) => [row, cells['a']])).to.deep.equal([
      [2, '1'],
      [4, '3'],
    ]);
  });
});
