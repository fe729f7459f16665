import { openRules, RULES_PROJECT, type Rules, readRules } from './environment.ts';

let opened: Promise<Rules> | undefined;

/**
 * The rules suite's environment, opened once for all of its files: loading the rules again would
 * delete the coverage that `scripts/rules-coverage.ts` reads afterwards.
 */
export const rules = (): Promise<Rules> => {
  opened ??= openRules(RULES_PROJECT, readRules());
  return opened;
};

// Open connections would prevent mocha from ending.
after(async () => {
  await (await opened)?.environment.cleanup();
});
