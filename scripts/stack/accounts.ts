import { z } from 'zod';

/** The accounts of the demo data, as the seed sends them. */
export const demoAccounts = z.array(z.record(z.string(), z.string()));
export type DemoAccounts = z.infer<typeof demoAccounts>;

/** The accounts, one per line, and their password below when all have the same. */
export const listAccounts = (accounts: DemoAccounts): string => {
  const passwords = new Set(accounts.map(({ password }) => password));
  const [shared] = passwords;
  const lines = accounts.map(({ password: _, ...shown }) => `  ${Object.values(shown).join('  ')}`);
  if (passwords.size === 1 && shared !== undefined) lines.push(`  password of all: ${shared}`);
  return lines.join('\n');
};
