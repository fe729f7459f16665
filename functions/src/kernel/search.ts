import { z } from 'zod';

/** How the records of a desk are found by the words of their texts. */
export interface Search {
  /** The keywords of a record with these texts. */
  readonly keywordsOf: (...texts: readonly (string | null)[]) => readonly string[];
  /** The words of a search, the longest first; the store looks up only that one. */
  readonly wordsOf: (text: string) => readonly string[];
  /** The fewest characters of such a word. */
  readonly shortest: number;
}

/** The query parameter `q` of a list: 400 without a usable word, which would find everything. */
export const searchParam = ({ wordsOf, shortest }: Search, description: string) =>
  z
    .string()
    .max(100)
    .refine(
      (text) => wordsOf(text).length > 0,
      `Send a word of at least ${shortest} characters, without punctuation.`,
    )
    .optional()
    .meta({ description });

/** Whether a record has all of these words. */
const hasWords = (words: readonly string[], keywordsOf: () => readonly string[]): boolean => {
  if (words.length === 0) return true;
  const keywords = new Set(keywordsOf());
  return words.every((word) => keywords.has(word));
};

/** Whether a record has the words of a search besides the longest, which the store looks up. */
export const hasOtherWords = (
  [, ...others]: readonly string[],
  keywordsOf: () => readonly string[],
): boolean => hasWords(others, keywordsOf);

/** A search: the longest word, which the store looks up, and whether a record has all of them. */
export const searchFor = ({ wordsOf }: Search, text: string | undefined) => {
  const words = wordsOf(text ?? '');
  return {
    keyword: words[0],
    finds: (keywordsOf: () => readonly string[]) => hasWords(words, keywordsOf),
  };
};
