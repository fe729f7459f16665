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

/**
 * Runs a program and ends the process, after printing the failure if there is one.
 *
 * @param {() => Promise<void>} main
 * @param {number} [failure] the exit code of a failure
 * @returns {Promise<never>}
 */
export const runMain = async (main, failure = 1) => {
  try {
    await main();
  } catch (error) {
    printFailure(error);
    process.exitCode = failure;
  }
  process.exit();
};
