const SHORTEST = 2;
const LONGEST = 20;
const MOST = 200;

/** Words between spaces, and their parts between other marks: `TRB-202611-0001` and `0001`. */
const wordsOf = (text: string): string[] => {
  const words = text.toLowerCase().split(/\s+/);
  return [...words, ...words.flatMap((word) => word.split(/[^\p{L}\p{N}]+/u))];
};

const prefixesOf = (word: string): string[] => {
  const letters = [...word].slice(0, LONGEST);
  return letters.slice(SHORTEST - 1).map((_, index) => letters.slice(0, index + SHORTEST).join(''));
};

/** The keywords by which a search finds a ticket: prefixes of 2 to 20 characters of its words, in
 * lower case, distinct, at most 200. When there are more, those of the first texts stay. */
export const keywordsOf = (...texts: readonly (string | null)[]): string[] => {
  const words = texts.flatMap((text) => wordsOf(text ?? ''));
  return [...new Set(words.flatMap(prefixesOf))].slice(0, MOST);
};

/** The words of a search as keywords have them, the longest first. */
export const searchWords = (text: string): string[] =>
  text
    .toLowerCase()
    .split(/\s+/)
    .map((word) => [...word].slice(0, LONGEST).join(''))
    .filter((word) => word.length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length);
