import { noInput } from '../../../kernel/http/endpoint.ts';
import { invalid, Problem } from '../../../kernel/problem.ts';
import { cgs, resultOf } from '../desk.ts';
import { categorySetting, slaSetting } from './collection.ts';
import {
  categoriesBody,
  escalationBody,
  type SlaCalendar,
  type SlaPolicy,
  type SlaSetting,
  type SlaSettingBody,
  slaSettingBody,
  warnsFirst,
} from '../domain/schemas.ts';
import {
  categoriesToWire,
  categoriesWireSchema,
  escalationToWire,
  escalationWireSchema,
  slaToWire,
  slaWireSchema,
} from './wire.ts';
import { DEFAULT_CANCEL_CATEGORIES, DEFAULT_PENDING_CATEGORIES } from '../domain/vocabulary.ts';

type CalendarBody = NonNullable<SlaSettingBody['calendars']>['West'];

/** The policy after an edit. Fields that are left out do not change; null: around the clock. A
 * calendar without a time zone is in the operator's. */
const edited = (known: SlaPolicy, body: SlaSettingBody, zone: string): SlaPolicy => {
  const calendar = (before: SlaCalendar | null, given: CalendarBody): SlaCalendar | null =>
    given === undefined ? before : given && { ...given, timeZone: given.timeZone ?? zone };
  const { West, Central, East } = known.calendars;
  const given = body.calendars ?? {};
  return {
    Dedicated: body.Dedicated ?? known.Dedicated,
    Broadband: body.Broadband ?? known.Broadband,
    calendars: {
      West: calendar(West, given.West),
      Central: calendar(Central, given.Central),
      East: calendar(East, given.East),
    },
  };
};

/**
 * Edits the SLA policy. Running tickets keep their promise unless `apply` is true: then a sweep
 * gives them the new one, and `applied.left` counts down.
 */
export const updateSlaPolicy = cgs.endpoint({
  method: 'put',
  path: '/settings/sla',
  summary: 'Edits the SLA policy; what is left out stays as it is',
  contract: 'Clock, SLA policy',
  roles: ['SuperAdmin'],
  input: { ...noInput, body: slaSettingBody },
  status: 200,
  output: resultOf(slaWireSchema),
  returns: 'the SLA policy as it is now',
  cost: { reads: 3, writes: 1 },
  audit: 'settings',
  sample: { as: 'SuperAdmin', body: { Dedicated: { Trouble: 240, Maintenance: 480 } } },
  loads: () => [slaSetting.key],
  handle: async ({ input: { body }, runtime, store, change }) => {
    const after = await change({
      decide: ({ reads, now }) => {
        const known = slaSetting.of(reads);
        const policy = edited(known, body, runtime.config.timeZone);
        const version = known.version + 1;
        const setting: SlaSetting = {
          ...known,
          ...policy,
          version,
          updatedAt: now,
          applied: body.apply ? { ...policy, version, at: now } : known.applied,
        };
        return { writes: [slaSetting.put(reads, setting)], answer: setting };
      },
    });
    return after instanceof Problem ? after : { result: await slaToWire(after, store) };
  },
});

const TOO_EARLY = {
  path: 'release',
  message: 'Release a ticket after everybody was told that nobody starts it.',
};

/**
 * Edits the policy of escalation. The clock gives it to tickets under way, which begin to wait anew if
 * they wait by other minutes.
 */
export const updateEscalation = cgs.endpoint({
  method: 'put',
  path: '/settings/escalation',
  summary: 'Edits the policy of escalation; what is left out stays as it is',
  contract: 'Clock, escalation',
  roles: ['SuperAdmin'],
  input: { ...noInput, body: escalationBody },
  status: 200,
  output: resultOf(escalationWireSchema),
  returns: 'the policy of escalation as it is now',
  cost: { reads: 2, writes: 1 },
  audit: 'settings',
  sample: {
    as: 'SuperAdmin',
    body: {
      dueSoon: 30,
      Open: { FOC: 10, FOCSupervisor: 20, NOC: 40 },
      Accepted: { FOC: 15, FOCSupervisor: 30, NOC: null },
      release: 60,
    },
  },
  loads: () => [slaSetting.key],
  handle: ({ input: { body }, change }) =>
    change({
      decide: ({ reads, now }) => {
        const known = slaSetting.of(reads);
        const { version } = known.escalation;
        const escalation = { ...known.escalation, ...body, since: now, version: version + 1 };
        if (!warnsFirst(escalation)) return invalid([TOO_EARLY]);
        return {
          writes: [slaSetting.put(reads, { ...known, escalation })],
          answer: { result: escalationToWire(escalation) },
        };
      },
    }),
});

/** Edits the categories of pendings and cancels, from the next request on. */
export const updateCategories = cgs.endpoint({
  method: 'put',
  path: '/settings/categories',
  summary: 'Edits the categories of pendings and cancels; what is left out stays as it is',
  contract: 'Clock, pending and cancel categories',
  roles: ['SuperAdmin'],
  input: { ...noInput, body: categoriesBody },
  status: 200,
  output: resultOf(categoriesWireSchema),
  returns: 'the categories of pendings and cancels as they are now',
  cost: { reads: 2, writes: 1 },
  audit: 'settings',
  sample: {
    as: 'SuperAdmin',
    body: { pending: DEFAULT_PENDING_CATEGORIES, cancel: DEFAULT_CANCEL_CATEGORIES },
  },
  loads: () => [categorySetting.key],
  handle: ({ input: { body }, change }) =>
    change({
      decide: ({ reads, now }) => {
        const { version, ...known } = categorySetting.of(reads);
        const setting = {
          pending: body.pending ?? known.pending,
          cancel: body.cancel ?? known.cancel,
          version: version + 1,
          updatedAt: now,
        };
        return {
          writes: [categorySetting.put(reads, setting)],
          answer: { result: categoriesToWire(setting) },
        };
      },
    }),
});
