/** What `npm test` does. A new check is a line here. */
export interface Step {
  readonly name: string;
  readonly run:
    | { readonly kind: 'command'; readonly command: readonly string[] }
    | { readonly kind: 'mocha'; readonly files: readonly string[] };
  /** Whether it needs the emulators and the demo data. */
  readonly needsStack: boolean;
  /** The step that must have ended before this one starts. */
  readonly after?: string;
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

const suite = (name: string): Step =>
  mocha(name, [`functions/test/${name}/**/*.spec.ts`], { needsStack: true });

/**
 * They start in this order, a few at a time. Each suite keeps to Firestore projects of its own, and
 * only the end-to-end suite works on the demo data. The coverage is that of the rules suite; the
 * mutation check waits for both because the emulator serves no more than 200 clients at once, and
 * each of the two signs in everybody.
 */
export const STEPS: readonly Step[] = [
  command('types', 'tsc --noEmit -p tsconfig.json'),
  command('lint', 'oxlint --type-aware --deny-warnings'),
  command('format', 'biome format .'),
  command('knip', 'knip'),
  mocha('unit', ['functions/src/**/*.spec.ts', 'scripts/**/*.spec.ts']),
  command('openapi', 'node scripts/openapi.ts --check'),
  command('indexes', 'node scripts/indexes.ts --check'),
  suite('http'),
  suite('faults'),
  suite('e2e'),
  suite('contract'),
  suite('rules'),
  command('rules-coverage', 'node scripts/rules-coverage.ts', { needsStack: true, after: 'rules' }),
  command('rules-mutation', 'node scripts/rules-mutation.ts', {
    needsStack: true,
    after: 'rules-coverage',
  }),
];

/**
 * The steps to run.
 *
 * @param only names separated by commas; undefined for all
 * @throws Error that lists the steps, when a name is none of them
 */
export const selectSteps = (only: string | undefined): readonly Step[] => {
  if (only === undefined) return STEPS;
  const wanted = only.split(',');
  const unknown = wanted.filter((name) => !STEPS.some((step) => step.name === name));
  if (unknown.length > 0) {
    const names = STEPS.map(({ name }) => name).join(', ');
    throw new Error(`There is no step ${unknown.join(', ')}. The steps: ${names}`);
  }
  return STEPS.filter(({ name }) => wanted.includes(name));
};
