import { isDeepStrictEqual } from 'node:util';
import { type Grant, grants } from '../auth/grant.ts';
import { mayUse } from './audience.ts';
import { type DeskRule, noticeRule } from './desk-notices.ts';
import type { DefaultPush, Texts, Told } from './notice.ts';

type Kind = 'accessGranted' | 'accessChanged' | 'accessWithdrawn';
type Value = 'desk';

const TEXTS: Readonly<Record<Kind, Texts<Value>>> = {
  accessGranted: {
    id: ({ desk }) => ({ title: 'Akses diberikan', body: `Anda kini dapat memakai ${desk}.` }),
    en: ({ desk }) => ({ title: 'Access granted', body: `You can use ${desk} now.` }),
    es: ({ desk }) => ({ title: 'Acceso concedido', body: `Ya puede usar ${desk}.` }),
  },
  accessChanged: {
    id: ({ desk }) => ({ title: 'Akses diubah', body: `Hak Anda di ${desk} telah diubah.` }),
    en: ({ desk }) => ({
      title: 'Access changed',
      body: `What you may do in ${desk} has changed.`,
    }),
    es: ({ desk }) => ({
      title: 'Acceso modificado',
      body: `Sus permisos en ${desk} han cambiado.`,
    }),
  },
  accessWithdrawn: {
    id: ({ desk }) => ({ title: 'Akses dicabut', body: `Anda tidak lagi dapat memakai ${desk}.` }),
    en: ({ desk }) => ({ title: 'Access withdrawn', body: `You can no longer use ${desk}.` }),
    es: ({ desk }) => ({ title: 'Acceso retirado', body: `Ya no puede usar ${desk}.` }),
  },
};

const DEFAULT_PUSH: Readonly<Record<Kind, DefaultPush>> = {
  accessGranted: 'on',
  accessChanged: 'off',
  accessWithdrawn: 'off',
};

/** The desks that somebody could use before and can't any more. */
const lost = (before: Grant, after: Grant): readonly string[] =>
  Object.keys(before.access).filter((desk) => mayUse(before, desk) && !mayUse(after, desk));

/** What a change of somebody's access means for them at one of their desks. */
export const accessNoticesOf = (
  desk: string,
  before: Grant | undefined,
  after: Grant | undefined,
): readonly Told<Kind, Value>[] => {
  if (after === undefined || !mayUse(after, desk)) return [];
  const told = (kind: Kind, about: string): Told<Kind, Value> => ({
    kind,
    to: [{ uid: after.id }],
    values: { desk: about },
  });
  if (before === undefined || !mayUse(before, desk)) return [told('accessGranted', desk)];
  const isChanged = !isDeepStrictEqual(before.access[desk], after.access[desk]);
  const gone = lost(before, after);
  return [
    ...(isChanged ? [told('accessChanged', desk)] : []),
    ...(gone.length > 0 ? [told('accessWithdrawn', gone.join(', '))] : []),
  ];
};

/**
 * People are told what they may do: at a desk that it was granted or changed, and at each desk that
 * is left to them that another was withdrawn.
 */
export const accessNotices = ({ name: desk }: { readonly name: string }): DeskRule =>
  noticeRule({
    name: `${desk}AccessNotices`,
    collection: grants,
    of: (before, after) => accessNoticesOf(desk, before, after),
    audienceOf: (to) => to,
    texts: TEXTS,
    sample: { desk },
    defaultPush: DEFAULT_PUSH,
  });
