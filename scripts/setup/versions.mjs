/** The Firestore emulator's pinned version; `cargo install` builds exactly this one. */
export const HIDANE_VERSION = '0.6.0';

/** The oldest Node that can run the set-up; everything after it runs on the pinned one. */
export const OLDEST_NODE = 20;

/** The oldest Java that the official Firestore emulator runs on. */
export const OLDEST_JAVA = 21;

/**
 * The first dotted version in a text: "hidane 0.6.0" is "0.6.0".
 *
 * @param {string} text
 * @returns {string | undefined}
 */
export const parseVersion = (text) => /\d+\.\d+(?:\.\d+)?/.exec(text)?.[0];

/**
 * The major of what `java -version` prints: "17.0.15" is 17, the old "1.8.0_392" is 8.
 *
 * @param {string} text
 * @returns {number | undefined}
 */
export const parseJavaMajor = (text) => {
  const [, first, second] = /version "(\d+)(?:\.(\d+))?/.exec(text) ?? [];
  if (first === undefined) return undefined;
  return Number(first === '1' && second !== undefined ? second : first);
};

/**
 * The major of a Node version: "v24.21.0" is 24.
 *
 * @param {string} version
 */
export const nodeMajor = (version) => Number.parseInt(version.replace(/^v/, ''), 10);
