import { randomUUID } from 'node:crypto';
import { z } from 'zod';
import { type Grant, grants, membership } from '../../src/kernel/auth/grant.ts';
import { noticeTriggers } from '../../src/kernel/notify/deliver.ts';
import { noticeRule } from '../../src/kernel/notify/desk-notices.ts';
import { collection } from '../../src/kernel/store/collection.ts';
import type { Trigger } from '../../src/kernel/store/trigger.ts';

/** A desk of the tests, whose alarms ring for everybody in a region. */
export const DESK = 'alarm-desk';

export const accessIn = (region: string): Grant['access'] => ({
  [DESK]: { region, active: true },
});

const alarms = collection(
  'alarms',
  z.object({ region: z.string(), what: z.string(), by: z.string().optional() }),
);

/** Everybody of a region at the desk. */
const peopleOf = (region: string) => ({
  anyOf: [grants.queries.ofMembers.where({ memberships: membership(DESK, { region }) })],
});

const rule = noticeRule({
  name: 'alarmNotices',
  collection: alarms,
  of: (before, after) =>
    before === undefined && after !== undefined
      ? [
          {
            kind: 'raised',
            // Whoever is named twice is told once.
            to: [{ uid: after.by ?? 'nobody' }, { of: peopleOf(after.region) }],
            values: { what: after.what },
          },
        ]
      : [],
  audienceOf: (to) => to,
  regionOf: ({ region }) => region,
  texts: {
    raised: {
      id: ({ what }) => ({ title: 'Alarm', body: `Ada alarm: ${what}.` }),
      en: ({ what }) => ({ title: 'Alarm', body: `There is an alarm: ${what}.` }),
      es: ({ what }) => ({ title: 'Alarma', body: `Hay una alarma: ${what}.` }),
    },
  },
  sample: { what: 'smoke' },
  defaultPush: { raised: 'on' },
});

const [trigger] = noticeTriggers(DESK, { language: 'id', rules: [rule] });
if (trigger === undefined) throw new Error('a rule has no trigger');

export const alarmTrigger: Trigger = trigger;

/** An alarm that was just written. */
export const alarmIn = (region: string, more: { readonly by?: string } = {}) => ({
  id: randomUUID(),
  before: undefined,
  after: { region, what: 'smoke', ...more, changeIds: [randomUUID()], changedBy: more.by ?? null },
});
