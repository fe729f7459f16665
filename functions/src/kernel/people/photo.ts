import type { Profile } from '../auth/person.ts';
import { grants } from '../auth/grant.ts';
import type { Context } from '../http/endpoint.ts';
import { attachable, attachedMedia, attachTo, release } from '../media/attach.ts';
import { mediaKeys, namedIn } from '../media/paths.ts';
import { Problem } from '../problem.ts';
import type { Check } from './check.ts';

type Photographed = Pick<Profile, 'id' | 'profilePhoto'>;

/**
 * Checks the photo that a change gives a person, or takes from them; undefined stands for nobody.
 * Gather it at each attempt, and put its writes into the commit.
 */
export const checkPhoto = async (
  { runtime, store, principal }: Pick<Context<unknown, unknown>, 'runtime' | 'store' | 'principal'>,
  before: Photographed | undefined,
  after: Photographed | undefined,
): Promise<Check> => {
  const [was, is] = [before?.profilePhoto ?? null, after?.profilePhoto ?? null];
  const uid = before?.id ?? after?.id;
  if (was === is || uid === undefined) return {};
  const holder = grants.doc(uid).path;
  const named = namedIn('profilePhoto', is);
  const reads = await store.load(mediaKeys(named));
  const { mediaHosts: hosts } = runtime.config;
  const found = attachable(named, { reads, by: principal?.person.id ?? '', hosts, holder });
  if (found instanceof Problem) return { refused: found };
  const released = await attachedMedia(store, [{ holder, values: was === null ? [] : [was] }]);
  return { writes: [...attachTo(holder, found), ...release(released, runtime.now())] };
};
