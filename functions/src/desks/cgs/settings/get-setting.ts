import { noInput } from '../../../kernel/http/endpoint.ts';
import { cgs, resultOf } from '../desk.ts';
import { categorySetting, slaSetting } from './collection.ts';
import {
  categoriesToWire,
  categoriesWireSchema,
  escalationToWire,
  escalationWireSchema,
  slaToWire,
  slaWireSchema,
} from './wire.ts';
import { ROLES, OFFICERS } from '../domain/vocabulary.ts';

/** Returns the SLA policy, which is the default until it is edited, and the progress of an `apply`. */
export const getSlaPolicy = cgs.endpoint({
  method: 'get',
  path: '/settings/sla',
  summary: 'Returns the SLA policy and how far it is applied to running tickets',
  contract: 'Clock, SLA policy',
  roles: OFFICERS,
  input: noInput,
  status: 200,
  output: resultOf(slaWireSchema),
  returns: 'the SLA policy',
  // The session, the setting, and the count of the tickets that an `apply` has yet to reach.
  cost: { reads: 3, writes: 0 },
  sample: { as: 'NOC' },
  loads: () => [slaSetting.key],
  handle: async ({ reads, store }) => ({ result: await slaToWire(slaSetting.of(reads), store) }),
});

/** Returns when the clock tells whom that a ticket stands still. */
export const getEscalation = cgs.endpoint({
  method: 'get',
  path: '/settings/escalation',
  summary: 'Returns when the clock tells whom that a ticket is due soon or stands still',
  contract: 'Clock, escalation',
  roles: OFFICERS,
  input: noInput,
  status: 200,
  output: resultOf(escalationWireSchema),
  returns: 'the policy of escalation',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'NOC' },
  loads: () => [slaSetting.key],
  handle: async ({ reads }) => ({ result: escalationToWire(slaSetting.of(reads).escalation) }),
});

/** Returns the categories of pendings and cancels. */
export const getCategories = cgs.endpoint({
  method: 'get',
  path: '/settings/categories',
  summary: 'Returns the categories of pendings and cancels',
  contract: 'Clock, pending and cancel categories',
  roles: ROLES,
  input: noInput,
  status: 200,
  output: resultOf(categoriesWireSchema),
  returns: 'the categories of pendings and cancels',
  cost: { reads: 2, writes: 0 },
  sample: { as: 'NOC' },
  loads: () => [categorySetting.key],
  handle: async ({ reads }) => ({ result: categoriesToWire(categorySetting.of(reads)) }),
});
