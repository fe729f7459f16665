import { z } from 'zod';
import { ESCALATED_TO, type EscalatedTo } from '../vocabulary.ts';

const LONGEST_WAIT = 7 * 24 * 60;

const wait = z.int().positive().max(LONGEST_WAIT).nullable();

type Waits = Readonly<Record<EscalatedTo, number | null>>;

const isInOrder = (waits: Waits): boolean => {
  const set = ESCALATED_TO.flatMap((each) => waits[each] ?? []);
  return set.every((minutes, index) => minutes >= (set[index - 1] ?? 0));
};

const waits = z
  .strictObject({ FOC: wait, FOCSupervisor: wait, NOC: wait } satisfies Record<
    EscalatedTo,
    z.ZodType
  >)
  .refine(isInOrder, 'Tell the FOC first, then the supervisor, then NOC.');

/**
 * After how many minutes the clock acts on a ticket that nobody moves; null: never. `dueSoon` is
 * before the SLA is due. `Open` and `Accepted` say when each role is told that nobody accepts or
 * starts the ticket, and `release` when an accepted one goes back to Open.
 */
export const escalationPolicySchema = z.strictObject({
  dueSoon: wait,
  Open: waits,
  Accepted: waits,
  release: wait,
});

/** `PUT /v1/settings/escalation`: what is left out does not change. */
export const escalationBody = z.strictObject({
  dueSoon: wait.exactOptional(),
  Open: waits.exactOptional(),
  Accepted: waits.exactOptional(),
  release: wait.exactOptional(),
});

/** Whether an accepted ticket is released after everybody was warned of it. */
export const warnsFirst = ({
  Accepted,
  release,
}: z.infer<typeof escalationPolicySchema>): boolean =>
  release === null || ESCALATED_TO.every((each) => (Accepted[each] ?? 0) <= release);

/** A ticket's policy. Time before `since`, when it was edited, does not count. */
export const escalationSchema = escalationPolicySchema.extend({ since: z.date().nullable() });
export type Escalation = z.infer<typeof escalationSchema>;

/** The policy in the setting; each edit increments the version. */
export const escalationSettingSchema = escalationSchema.extend({ version: z.int().nonnegative() });
export type EscalationSetting = z.infer<typeof escalationSettingSchema>;
