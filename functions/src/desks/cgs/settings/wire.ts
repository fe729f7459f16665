import { z } from 'zod';
import type { Store } from '../../../kernel/store/store.ts';
import { olderThan } from '../tickets/clock.ts';
import {
  categoriesSchema,
  type EscalationSetting,
  escalationPolicySchema,
  type CategorySetting,
  type SlaSetting,
  slaPolicySchema,
} from '../domain/schemas.ts';

const edited = {
  version: z.int().meta({ description: '0: the default; each edit counts it up' }),
  updatedAt: z.iso.datetime().nullable(),
};

const applied = z
  .object({
    version: z.int(),
    at: z.iso.datetime(),
    left: z.int().meta({ description: 'running tickets that do not have it yet' }),
  })
  .meta({ id: 'AppliedSlaPolicy' });

/** The SLA policy in the wire's form, with the progress of its `apply`. */
export const slaWireSchema = slaPolicySchema
  .extend({ ...edited, applied: applied.nullable() })
  .meta({ id: 'SlaPolicy' });

export const categoriesWireSchema = categoriesSchema.extend(edited).meta({ id: 'Categories' });

/**
 * Makes the wire's form, for which it counts the tickets that are left: one read for each thousand,
 * and at least one.
 */
export const slaToWire = async (
  { Dedicated, Broadband, calendars, version, updatedAt, applied: rollout }: SlaSetting,
  store: Store,
): Promise<z.output<typeof slaWireSchema>> => {
  const left = await store.count(olderThan(rollout?.version ?? 0));
  return {
    Dedicated,
    Broadband,
    calendars,
    version,
    updatedAt: updatedAt?.toISOString() ?? null,
    applied: rollout && { version: rollout.version, at: rollout.at.toISOString(), left },
  };
};

/** The policy of escalation in the wire's form. */
export const escalationWireSchema = escalationPolicySchema
  .extend(edited)
  .meta({ id: 'EscalationPolicy' });

export const escalationToWire = ({
  since,
  ...setting
}: EscalationSetting): z.output<typeof escalationWireSchema> => ({
  ...setting,
  updatedAt: since?.toISOString() ?? null,
});

export const categoriesToWire = ({
  pending,
  cancel,
  version,
  updatedAt,
}: CategorySetting): z.output<typeof categoriesWireSchema> => ({
  pending,
  cancel,
  version,
  updatedAt: updatedAt?.toISOString() ?? null,
});
