/**
 * Fails unless the rules suite, which must have run just before on the same emulator, saw every
 * condition of firestore.rules, and every operand of its `&&` and `||`, both true and false.
 * Needs FIRESTORE_EMULATOR_HOST.
 */
import { findGaps, parseCoverage } from '../functions/test/rules/coverage.ts';
import { RULES_PROJECT, readRules } from '../functions/test/rules/environment.ts';

const fail = (message: string): never => {
  console.error(message);
  process.exit(1);
};

const host = process.env['FIRESTORE_EMULATOR_HOST'] ?? fail('FIRESTORE_EMULATOR_HOST is not set.');
const url = `http://${host}/emulator/v1/projects/${RULES_PROJECT}:ruleCoverage`;
const response = await fetch(url);
if (!response.ok) fail(`No coverage at ${url}: ${response.status}. Run the rules suite first.`);

const coverage = parseCoverage(await response.json());
const source = readRules();
if (coverage.rules.files[0]?.content !== source) {
  fail(
    'The emulator covered other rules than those of firestore.rules. Run the rules suite again.',
  );
}
const { expressions, gaps } = findGaps(source, coverage);
for (const { line, expression, missing } of gaps) {
  console.error(`firestore.rules:${line}: never ${missing.join(' nor ')}: ${expression}`);
}
console.log(
  `Rules coverage: ${expressions - gaps.length} of ${expressions} conditions and operands seen both true and false.`,
);
process.exit(gaps.length === 0 ? 0 : 1);
