import { z } from 'zod';
import { BARE_STATUSES, EVIDENCE_STATUSES, PLAIN_TASKS } from '../vocabulary.ts';

/** How dates are: `z.date()` in documents, an ISO string on the wire. */
export type DateSchema = z.ZodDate | z.ZodISODateTime;

const text = z.string().nullable();

/** The fields that the contract requires of a log card, by its `statusName` ("TicketLogs"). */
const bare = { statusName: z.enum(BARE_STATUSES), needApproval: z.literal(false) };
const sent = { evidenceId: z.uuid(), remark: text, locationCoordinate: text, mediaUrl: text };
const judged = { ...sent, isApproved: z.boolean().nullable(), approvalRemark: text };
const task = { ...sent, statusName: z.enum(PLAIN_TASKS), needApproval: z.literal(false) };
const evidence = {
  ...judged,
  statusName: z.enum(EVIDENCE_STATUSES),
  needApproval: z.literal(true),
};
const canceled = {
  ...judged,
  statusName: z.literal('Canceled'),
  needApproval: z.literal(true),
  // Cards from before it was a field have none.
  cancelCategory: text.default(null),
};
const pending = {
  ...judged,
  statusName: z.literal('Pending'),
  needApproval: z.literal(true),
  pendingInterval: z.int().nonnegative(),
  pendingCategory: z.string(),
  isResumed: z.boolean(),
};
const note = { ...sent, statusName: z.literal('Note'), needApproval: z.literal(false) };
const replacement = {
  ...judged,
  statusName: z.literal('Accepted'),
  needApproval: z.literal(false),
};

const focBeforeReassigned = z.object({
  email: z.string(),
  id: z.string(),
  name: z.string(),
  nik: z.string(),
  region: z.string(),
  role: z.string(),
});

const frameOf = <D extends DateSchema>(date: D) => ({
  timestamp: date,
  bubbleOption: z.object({ photoUrl: z.string(), name: z.string() }),
  title: z.string(),
  description: z.string(),
  data: z.object({
    mediaUrl: z.string().optional(),
    locationCoordinate: z.string().optional(),
  }),
});

/** The schema of a log card, with its dates as they are in documents or on the wire. */
export const logCardOf = <D extends DateSchema>(date: D) => {
  const frame = frameOf(date);
  const told = {
    ...frame,
    descriptionFields: z.array(z.object({ name: z.string(), text: z.string() })),
  };
  const simple = { ...frame, cardType: z.literal('SimpleStatus') };
  const request = { ...told, cardType: z.literal('RequestValidationAction') };
  const finishing = { ...told, cardType: z.literal('FinishingAction') };
  const done = { ...told, cardType: z.literal('RequestValidationDone') };
  const reassign = { ...told, cardType: z.literal('ReassignAction'), focBeforeReassigned };
  return z.discriminatedUnion('cardType', [
    z.discriminatedUnion('statusName', [
      z.object({ ...simple, ...bare }),
      z.object({ ...simple, ...task }),
      z.object({ ...simple, ...evidence }),
      z.object({ ...simple, ...canceled }),
      z.object({ ...simple, ...pending }),
    ]),
    z.discriminatedUnion('statusName', [
      z.object({ ...request, ...evidence }),
      z.object({ ...request, ...canceled }),
      z.object({ ...request, ...pending }),
    ]),
    z.object({ ...finishing, ...evidence }),
    z.discriminatedUnion('statusName', [
      z.object({ ...done, ...evidence }),
      z.object({ ...done, ...canceled }),
      z.object({ ...done, ...pending }),
      z.object({ ...done, ...replacement }),
    ]),
    z.object({ ...reassign, ...replacement }),
    z.object({ ...frame, cardType: z.literal('Note'), ...note }),
  ]);
};

/** One entry of a ticket's log. `cardType` says what kind of entry it is, `statusName` which
 * fields it has. */
export const logCardSchema = logCardOf(z.date());
export type LogCard = z.infer<typeof logCardSchema>;
