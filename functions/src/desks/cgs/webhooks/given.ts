import { z } from 'zod';
import { invalid, type Problem } from '../../../kernel/problem.ts';
import { type DeskNotices, kindsOf } from '../../../kernel/notify/desk-notices.ts';
import type { Webhook } from '../../../kernel/webhooks/collection.ts';
import { faultOfUrl } from '../../../kernel/webhooks/url.ts';
import { optional } from '../domain/request-schemas.ts';
import { REGIONS } from '../domain/vocabulary.ts';

/** A desk whose notices are events. */
export interface EventDesk {
  readonly name: string;
  readonly notices?: DeskNotices;
}

const kindsAt = (desks: readonly EventDesk[]): ReadonlySet<string> =>
  new Set(
    desks.flatMap(({ notices }) =>
      notices === undefined ? [] : kindsOf(notices).map(({ kind }) => kind),
    ),
  );

/** What a request says of a webhook for events of these desks. */
const fieldsOf = (desks: readonly EventDesk[]) => ({
  url: z.string().max(2000).meta({ format: 'uri', description: 'https' }),
  description: optional(z.string().trim().max(200).nullable()),
  desk: optional(z.enum(desks.map(({ name }) => name)).nullable()).meta({
    description: 'events of this desk only',
  }),
  kinds: z
    .array(z.enum(['*', ...kindsAt(desks)]))
    .min(1)
    .max(100)
    .meta({ description: 'kinds of events; * for all' }),
  region: optional(z.enum(REGIONS).nullable()).meta({
    description: 'events of this region of cgs only',
  }),
  active: z.boolean().optional(),
});

/** The body of a new webhook. */
export const createBodyOf = (desks: readonly EventDesk[]) => z.strictObject(fieldsOf(desks));

/** The body of a change; what is left out stays as it is. */
export const updateBodyOf = (desks: readonly EventDesk[]) => createBodyOf(desks).partial();

type Given = Pick<Webhook, 'url' | 'description' | 'desk' | 'kinds' | 'region' | 'active'>;

type Sent = Partial<z.output<ReturnType<typeof updateBodyOf>>>;

/** The fields of a webhook after a request. */
export const givenBy = (sent: Sent, before: Given): Given => ({
  url: sent.url ?? before.url,
  description: sent.description === undefined ? before.description : sent.description,
  desk: sent.desk === undefined ? before.desk : sent.desk,
  kinds: sent.kinds ?? before.kinds,
  region: sent.region === undefined ? before.region : sent.region,
  active: sent.active ?? before.active,
});

/** 400 for what no schema can say. */
export const refusalOf = (
  { url, desk, kinds, region }: Given,
  desks: readonly EventDesk[],
  { webhooksToLoopback }: { readonly webhooksToLoopback: boolean },
): Problem | undefined => {
  const fault = faultOfUrl(url, webhooksToLoopback);
  const isElsewhere = region !== null && desk !== null && desk !== 'cgs';
  const own = kindsAt(desks.filter(({ name }) => desk === null || name === desk));
  const others = kinds.filter((kind) => kind !== '*' && !own.has(kind) && kindsAt(desks).has(kind));
  const message = `These are events of other desks: ${others.join(', ')}.`;
  const errors = [
    ...(others.length === 0 ? [] : [{ path: 'kinds', message }]),
    ...(fault === undefined ? [] : [{ path: 'url', message: fault }]),
    ...(isElsewhere ? [{ path: 'region', message: 'Only events of cgs have a region.' }] : []),
  ];
  return errors.length === 0 ? undefined : invalid(errors);
};
