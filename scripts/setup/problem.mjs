/** An error that the user can fix: printed as its message, without a stack. */
export class Problem extends Error {
  /** @override */
  name = 'Problem';
}

/**
 * Prints a failure: the message of a Problem, the stack of anything else.
 *
 * @param {unknown} error
 */
export const printFailure = (error) => {
  const text = error instanceof Error ? (error.stack ?? error.message) : String(error);
  console.error(`\n${error instanceof Problem ? error.message : text}`);
};
