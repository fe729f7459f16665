/** What `npm test` does, in this order. A new check is a line here. */
export interface Step {
  readonly name: string;
  readonly run:
    | { readonly kind: 'command'; readonly command: readonly string[] }
    | { readonly kind: 'mocha'; readonly files: readonly string[] };
  /** Whether it needs the emulators and the demo data. */
  readonly needsStack: boolean;
}

const command = (name: string, ...words: string[]): Step => ({
  name,
  run: { kind: 'command', command: words },
  needsStack: false,
});

const unit = (name: string, ...files: string[]): Step => ({
  name,
  run: { kind: 'mocha', files },
  needsStack: false,
});

const onStack = (step: Step): Step => ({ ...step, needsStack: true });

const suite = (name: string): Step => onStack(unit(name, `functions/test/${name}/**/*.spec.ts`));

/**
 * The end-to-end suite comes first on the stack, while the demo data is as the seed left it; the
 * rules come last, because the mutation check loads broken rules into the emulator.
 */
export const STEPS: readonly Step[] = [
  command('types', 'tsc', '--noEmit', '-p', 'tsconfig.json'),
  command('lint', 'oxlint', '--type-aware', '--deny-warnings'),
  command('format', 'biome', 'format', '.'),
  command('knip', 'knip'),
  unit('unit', 'functions/src/**/*.spec.ts', 'scripts/**/*.spec.ts'),
  command('openapi', 'node', 'scripts/openapi.ts', '--check'),
  command('indexes', 'node', 'scripts/indexes.ts', '--check'),
  suite('e2e'),
  suite('http'),
  suite('contract'),
  suite('faults'),
  suite('rules'),
  onStack(command('rules-coverage', 'node', 'scripts/rules-coverage.ts')),
  onStack(command('rules-mutation', 'node', 'scripts/rules-mutation.ts')),
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
