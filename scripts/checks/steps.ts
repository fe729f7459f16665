import { desks } from '../../functions/src/api.ts';

/** The part of a suite's files that one process runs: every `of`-th, starting with the `nth`. */
export interface Share {
  readonly nth: number;
  readonly of: number;
}

/** What `npm test` does. A new check is a line here. */
export interface Step {
  readonly name: string;
  readonly run:
    | { readonly kind: 'command'; readonly command: readonly string[] }
    | { readonly kind: 'mocha'; readonly files: readonly string[]; readonly share?: Share };
  /** Whether it needs the emulators and the demo data. */
  readonly needsStack: boolean;
  /** The step that must have ended before this one starts. */
  readonly after?: string;
  /** The desk whose endpoints `matrix.spec.ts` tests. */
  readonly desk?: string;
}

type Options = Partial<Pick<Step, 'needsStack' | 'after'>>;

const command = (name: string, words: string, options: Options = {}): Step => ({
  name,
  run: { kind: 'command', command: words.split(' ') },
  needsStack: false,
  ...options,
});

const mocha = (name: string, files: readonly string[], options: Options = {}): Step => ({
  name,
  run: { kind: 'mocha', files },
  needsStack: false,
  ...options,
});

/** A folder of specs on the emulators; `share`: the part of it that one process runs. */
const suite = (folder: string, files = '**/*.spec.ts', share?: Share): Step => ({
  name: share === undefined ? folder : `${folder}:${share.nth}`,
  run: { kind: 'mocha', files: [`functions/test/${folder}/${files}`], ...(share && { share }) },
  needsStack: true,
});

/** Every endpoint of one desk. */
const matrix = (desk: string): Step => ({
  ...suite('http', 'matrix.spec.ts'),
  name: `http:${desk}`,
  desk,
});

/**
 * They start in this order, a few at a time, the long ones before the short ones. Each process of
 * specs has a Firestore project of its own, and only the end-to-end suite works on the demo data.
 * The coverage is that of the rules suite; the mutation check waits for both, because the emulator
 * serves at most 200 clients at a time and each of the two signs in everybody.
 */
export const STEPS: readonly Step[] = [
  command('types', 'tsc --noEmit -p tsconfig.json'),
  command('lint', 'oxlint --type-aware --deny-warnings'),
  command('format', 'biome format .'),
  command('knip', 'knip'),
  mocha('unit', ['functions/src/**/*.spec.ts', 'scripts/**/*.spec.ts']),
  command('openapi', 'node scripts/openapi.ts --check'),
  command('indexes', 'node scripts/indexes.ts --check'),
  suite('rules'),
  ...desks.map(({ name }) => matrix(name)),
  suite('faults', '*.spec.ts', { nth: 1, of: 2 }),
  suite('faults', '*.spec.ts', { nth: 2, of: 2 }),
  suite('histories'),
  command('rules-coverage', 'node scripts/rules-coverage.ts', { needsStack: true, after: 'rules' }),
  command('rules-mutation', 'node scripts/rules-mutation.ts', {
    needsStack: true,
    after: 'rules-coverage',
  }),
  suite('e2e'),
  suite('http', '!(matrix).spec.ts'),
  suite('contract'),
];

/**
 * The steps to run.
 *
 * @param only names separated by commas; `http` includes `http:cgs`; undefined for all
 * @throws Error that lists the steps, when a name is none of them
 */
export const selectSteps = (only: string | undefined): readonly Step[] => {
  if (only === undefined) return STEPS;
  const wanted = only.split(',');
  const isNamed = ({ name }: Step, by: string): boolean => name === by || name.startsWith(`${by}:`);
  const unknown = wanted.filter((by) => !STEPS.some((step) => isNamed(step, by)));
  if (unknown.length > 0) {
    const names = STEPS.map(({ name }) => name).join(', ');
    throw new Error(`There is no step ${unknown.join(', ')}. The steps: ${names}`);
  }
  return STEPS.filter((step) => wanted.some((by) => isNamed(step, by)));
};
