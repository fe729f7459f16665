const SHORTEST = 2;
const LONGEST = 20;
const MOST = 200;

/** Everything but letters and digits; combining marks belong to their letter. */
const PUNCTUATION = /[^\p{L}\p{M}\p{N}]+/u;

/** Lower case without accents: on a phone, many leave them out. Marks of other scripts stay. */
const folded = (text: string): string =>
  text
    .normalize('NFD')
    .replace(/[\u0300-\u036f]/g, '')
    .normalize('NFC')
    .toLowerCase();

/** The words between spaces, without punctuation, from each of their parts on: `TRB-202611-0001`
 * becomes `trb2026110001`, `2026110001` and `0001`. */
const wordsOf = (text: string): string[] =>
  folded(text)
    .split(/\s+/)
    .flatMap((word) => {
      const parts = word.split(PUNCTUATION).filter((part) => part !== '');
      return parts.map((_, index) => parts.slice(index).join(''));
    });

const prefixesOf = (word: string): string[] => {
  const letters = [...word].slice(0, LONGEST);
  return letters.slice(SHORTEST - 1).map((_, index) => letters.slice(0, index + SHORTEST).join(''));
};

/** The keywords by which a search finds a record: prefixes of 2 to 20 characters of its words, in
 * lower case, distinct, at most 200. When there are more, those of the first texts stay. */
export const keywordsOf = (...texts: readonly (string | null)[]): string[] => {
  const words = texts.flatMap((text) => wordsOf(text ?? ''));
  return [...new Set(words.flatMap(prefixesOf))].slice(0, MOST);
};

/** The words of a search as keywords have them, the longest first. None: nothing to search for. */
export const searchWords = (text: string): string[] =>
  folded(text)
    .split(/\s+/)
    .map((word) => [...word.split(PUNCTUATION).join('')].slice(0, LONGEST).join(''))
    .filter((word) => [...word].length >= SHORTEST)
    .toSorted((one, other) => other.length - one.length);

/** How tickets, master data and people are searched. */
export const SEARCH = { keywordsOf, wordsOf: searchWords, shortest: SHORTEST } as const;
