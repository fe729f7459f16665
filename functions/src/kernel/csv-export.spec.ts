import { expect } from 'chai';
import { exportLines } from './csv-export.ts';

interface Thing {
  readonly name: string;
  readonly at: Date | null;
}

const found = (name: string, at: Date | null = null) => ({ data: { name, at } });

const textOf = async (rowsOf: (page: readonly Thing[]) => readonly Thing[] | Promise<Thing[]>) => {
  const pages = async function* () {
    yield [found('one', new Date(0)), found('two')];
    yield [found('three')];
  };
  const columns = { name: ({ name }: Thing) => name, at: ({ at }: Thing) => at };
  let text = '';
  for await (const lines of exportLines(columns, pages(), rowsOf)) text += lines;
  return text;
};

describe('an export as CSV', () => {
  it('has a line for each row, an ISO string for a date and nothing for null', async () => {
    const text = await textOf((page) => page);
    expect(text).to.equal('name,at\none,1970-01-01T00:00:00.000Z\ntwo,\nthree,\n');
  });

  it('has the rows that each page adds, which may be none', async () => {
    const long = await textOf(async (page) => page.filter(({ name }) => name.length > 3));
    expect(long).to.equal('name,at\nthree,\n');
    expect(await textOf(() => [])).to.equal('name,at\n');
  });
});
