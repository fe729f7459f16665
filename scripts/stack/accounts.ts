/** A demo account as the seed lists it: an e-mail address and whatever else describes the person. */
export type DemoAccount = Readonly<Record<string, unknown>>;

const isAccount = (value: unknown): value is DemoAccount =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** The accounts in a message of the seed; a list of plain addresses will do. */
export const readAccounts = (message: unknown): DemoAccount[] =>
  Array.isArray(message)
    ? message.map((item: unknown) => (isAccount(item) ? item : { email: item }))
    : [];

const describe = ({ password: _, ...account }: DemoAccount): string =>
  Object.values(account)
    .filter((value) => typeof value === 'string' && value !== '')
    .join('  ');

/** The accounts, one on a line, and their password below when all share one. */
export const listAccounts = (accounts: readonly DemoAccount[]): string => {
  const passwords = new Set(accounts.map(({ password }) => password));
  const [shared] = passwords;
  const lines = accounts.map((account) => `  ${describe(account)}`);
  if (passwords.size === 1 && typeof shared === 'string') {
    lines.push(`  password of all: ${shared}`);
  }
  return lines.join('\n');
};
