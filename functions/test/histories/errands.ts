import { inboxes, inboxItems } from '../../src/kernel/notify/inbox.ts';
import { at, textAt } from '../support/client.ts';
import { PHOTO } from '../support/sample-files.ts';
import {
  type Asked,
  createKnown,
  type Dice,
  type Look,
  oneOf,
  pick,
  watch,
  type Watched,
} from './desk-history.ts';

/** Phones that the people of a desk pass on to each other, by the tokens that they ring by. */
const PHONES = ['van one', 'van two', 'office'] as const;

/** A list in an answer, in any desk's envelope. */
const rowsIn = (body: unknown): readonly unknown[] => {
  if (Array.isArray(body)) return body;
  const inner: unknown = at(body, 'result') ?? at(body, 'items') ?? at(body, 'data');
  return inner === undefined ? [] : rowsIn(inner);
};

/** The path of an upload in an answer, in any desk's envelope. */
const pathIn = (body: unknown): string =>
  String(at(body, 'path') ?? at(body, 'data', 'path') ?? at(body, 'data', 'result', 'path'));

const itemOf = (uid: string, id: string): string => inboxItems.of(uid).doc(id).path;

/** What inboxes show of the requests that changed them. */
export const WATCHED_INBOXES: readonly Watched[] = [
  {
    collection: inboxItems.path,
    shown: (id, data) => ({
      values: { isRead: inboxItems.of('somebody').doc(id).parse(data).readAt !== null },
    }),
  },
  watch(inboxes, ({ devices }) => ({
    values: Object.fromEntries(PHONES.map((phone) => [phone, phone in devices])),
  })),
];

/** Somebody of a desk, at whose base everybody can do the same for themselves. */
interface Self {
  readonly uid: string;
  readonly base: string;
  /** The uids of everybody at this desk. */
  readonly all: readonly string[];
}

/** What people of every desk do beside their work: send photos, read their notices, and register phones. */
export const createErrands = ({ uid, base, all }: Self) => {
  const photos = createKnown<string>();

  const upload = (): Asked => ({
    method: 'POST',
    path: `${base}/media`,
    file: { type: 'image/jpeg', bytes: PHOTO },
    effects: [],
    learn: (body) => photos.add(pathIn(body)),
  });

  const unread = async (look: Look): Promise<readonly string[]> =>
    rowsIn(await look(`${base}/me/inbox?unread=true`)).map((row) => textAt(row, 'id'));
  const reads = (ids: readonly string[]) =>
    ids.map((id) => ({ sets: 'isRead', to: true, in: itemOf(uid, id) }));

  const readOne = async ({ target }: Dice, look: Look): Promise<Asked | undefined> => {
    const id = pick(await unread(look), target);
    return id === undefined
      ? undefined
      : { method: 'POST', path: `${base}/me/inbox/${id}/read`, effects: reads([id]) };
  };
  const readAll = async (_: Dice, look: Look): Promise<Asked> => {
    const effects = reads(await unread(look));
    return { method: 'POST', path: `${base}/me/inbox/read-all`, effects };
  };

  const register = ({ target }: Dice): Asked => {
    const phone = oneOf(PHONES, target);
    return {
      method: 'PUT',
      path: `${base}/me/devices/${encodeURIComponent(phone)}`,
      body: { token: `${base} ${phone}`, platform: 'android', appVersion: '1' },
      effects: all.map((each) => ({ sets: phone, to: each === uid, in: inboxes.doc(each).path })),
    };
  };
  const forget = ({ target }: Dice): Asked => {
    const phone = oneOf(PHONES, target);
    return {
      method: 'DELETE',
      path: `${base}/me/devices/${encodeURIComponent(phone)}`,
      effects: [{ sets: phone, to: false, in: inboxes.doc(uid).path }],
    };
  };

  const errands = [upload, upload, upload, readOne, readOne, readAll, register, register, forget];
  return {
    next: (dice: Dice, look: Look) => pick(errands, dice.command)?.(dice, look),
    /** One of the latest uploads of this person; some of them are shown somewhere already. */
    photo: ({ value }: Dice): string | undefined => photos.pick(value, 3),
  };
};
