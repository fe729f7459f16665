import { keywordsOfPerson } from '../auth/grant.ts';
import type { Profile } from '../auth/person.ts';
import { SEARCH } from '../keywords.ts';
import { searchFor, searchParam } from '../search.ts';

/** The query parameter by which lists of people are searched. */
export const personSearch = searchParam(
  SEARCH,
  'words of name, e-mail or phone number, or their beginnings; a person must have all of them',
);

/** A search: the longest word, which the store looks up, and whether a person has all of them. */
export const searchOf = (q: string | undefined) => {
  const { keyword, finds } = searchFor(SEARCH, q);
  return {
    keyword,
    finds: (person: Pick<Profile, 'name' | 'email' | 'phoneNumber'>): boolean =>
      finds(() => keywordsOfPerson(person)),
  };
};
