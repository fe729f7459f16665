import { z } from 'zod';
import { editBody, readOnlyChanges } from '../http/edit-body.ts';
import { type Endpoint, noInput } from '../http/endpoint.ts';
import type { NoticeKind } from './desk-notices.ts';
import { type Inbox, inboxes, NEW_INBOX } from './inbox.ts';
import { LANGUAGES } from './notice.ts';
import { quietHoursSchema } from './quiet-hours.ts';
import { isTurnedOn } from './ringing.ts';
import type { Served } from './served.ts';

/** The schema of which kinds ring, and of the preferences as they are read. */
const schemasOf = ({ kinds, language }: Pick<Served<unknown>, 'kinds' | 'language'>) => {
  const push = z
    .strictObject(Object.fromEntries(kinds.map(({ kind }) => [kind, z.boolean()])))
    .meta({ description: 'which kinds ring' });
  const body = z.object({
    language: z
      .enum(LANGUAGES)
      .nullable()
      .meta({ description: `of texts; null for that of the desk, ${language}` }),
    push: push.partial(),
    quietHours: quietHoursSchema
      .nullable()
      .meta({ description: 'when only urgent kinds ring; null for never' }),
  });
  const wire = body
    .extend({
      push,
      urgent: z
        .array(z.string())
        .meta({ description: 'the kinds that ring in quiet hours as well' }),
    })
    .meta({ id: 'NotificationPreferences' });
  return { body: body.partial(), wire };
};

type Schemas = ReturnType<typeof schemasOf>;

/** What holds for a person at this desk. */
const toWire = <A>({ settings, kinds }: Served<A>, inbox: Inbox) => ({
  language: inbox.language,
  push: Object.fromEntries(
    kinds.map((each) => [each.kind, isTurnedOn(inbox, { ...each, desk: settings.name })]),
  ),
  quietHours: inbox.quietHours,
  urgent: kinds.flatMap(({ kind, defaultPush }) => (defaultPush === 'urgent' ? [kind] : [])),
});

/** Choices about the kinds of a desk: those that differ from its defaults are kept. */
const chosen = (
  kinds: readonly NoticeKind[],
  before: Readonly<Record<string, boolean>>,
  asked: Readonly<Record<string, boolean | undefined>>,
): Record<string, boolean> =>
  Object.fromEntries(
    kinds.flatMap(({ kind, defaultPush }) => {
      const isOn = asked[kind] ?? before[kind];
      return isOn === undefined || isOn === (defaultPush !== 'off') ? [] : [[kind, isOn]];
    }),
  );

const given = <T>(asked: T | undefined, before: T): T => (asked === undefined ? before : asked);

/** An inbox with what was asked of it; what was left out stays. */
const withChoices = <A>(
  { settings: { name: desk }, kinds }: Served<A>,
  before: Inbox,
  asked: z.output<Schemas['body']>,
): Inbox => ({
  ...before,
  language: given(asked.language, before.language),
  quietHours: given(asked.quietHours, before.quietHours),
  push: { ...before.push, [desk]: chosen(kinds, before.push[desk] ?? {}, asked.push ?? {}) },
});

/** Returns how the caller is notified. */
const getPreferences = <A>(served: Served<A>, { wire }: Schemas): Endpoint =>
  served.own({
    method: 'get',
    path: '/me/notifications',
    summary: 'Returns in which language the caller is notified, and when what rings',
    input: noInput,
    status: 200,
    output: served.style.one.schema(wire),
    returns: 'the preferences; the kinds are those of this desk',
    cost: { reads: 2, writes: 0 },
    sample: {},
    handle: async ({ principal: { person }, store }) => {
      const key = inboxes.doc(person.id);
      const inbox = (await store.get(key))?.data ?? NEW_INBOX;
      return served.style.one.of(toWire(served, inbox));
    },
  });

/** Changes how the caller is notified; what is left out stays as it is. */
const updatePreferences = <A>(served: Served<A>, { body, wire }: Schemas): Endpoint => {
  const { own, style } = served;
  return own({
    method: 'put',
    path: '/me/notifications',
    summary: 'Changes in which language the caller is notified, and when what rings',
    input: { ...noInput, body: editBody(body, wire) },
    status: 200,
    output: style.one.schema(wire),
    returns: 'the preferences as they are now',
    cost: { reads: 2, writes: 1 },
    sample: {
      body: { language: 'en', quietHours: { from: '22:00', to: '06:00', zone: 'Asia/Jakarta' } },
    },
    handle: ({ input, principal: { person }, store, change }) => {
      const { asked, sent } = input.body;
      const key = inboxes.doc(person.id);
      return change({
        gather: () => store.get(key),
        decide: ({ gathered: seen }) => {
          const before = seen?.data ?? NEW_INBOX;
          const misled = readOnlyChanges(sent, body, toWire(served, before));
          if (misled !== undefined) return misled;
          const after = withChoices(served, before, asked);
          return {
            writes: [inboxes.put(key.id, seen, after)],
            answer: style.one.of(toWire(served, after)),
          };
        },
      });
    },
  });
};

/** How the caller is notified, to be read and changed. */
export const preferenceEndpoints = <A>(served: Served<A>): readonly Endpoint[] => {
  const schemas = schemasOf(served);
  return [getPreferences(served, schemas), updatePreferences(served, schemas)];
};
