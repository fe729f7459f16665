import { z } from 'zod';
import { type AnswerStyle, BARE_PAGES, type PageStyle } from '../../kernel/http/answer-style.ts';
import { defineDesk } from '../../kernel/http/desk.ts';
import { errorsByField, errorsByFieldSchema, problemsOf } from '../../kernel/problem.ts';
import { accessSchema, grants, staffOf } from './people.ts';
import { PRIORITIES, REFUSALS, ROLES, STATUSES } from './domain/vocabulary.ts';

const failureSchema = z
  .object({
    success: z.literal(false),
    message: z.string(),
    errors: errorsByFieldSchema.optional(),
  })
  .meta({ id: 'Failure' });

/** How the ISP helpdesk answers: under `/api/v1`, to bearer tokens, as `{ success, message?, data? }`. */
export const isp = defineDesk({
  name: 'isp',
  title: 'ISP helpdesk: tickets of an ISP’s branches and their subscribers',
  base: '/api/v1',
  roles: ROLES,
  access: accessSchema,
  grants,
  actorOf: staffOf,
  roleOf: ({ role }) => role,
  refusals: REFUSALS,
  vocabulary: { TicketStatus: STATUSES, TicketPriority: PRIORITIES },
  success: (_status, answer) => ({ success: true, ...Object(answer) }),
  successSchema: (_status, answer) =>
    answer instanceof z.ZodObject
      ? z.object({ success: z.literal(true), ...answer.shape })
      : z.object({ success: z.literal(true) }),
  failure: (problem) => {
    const errors = errorsByField(problem);
    return { success: false, message: problem.message, ...(errors && { errors }) };
  },
  failureSchema,
});

/** Makes a decision's refusal the problem that the caller gets. */
export const problemOf = problemsOf(REFUSALS);

/** A response that says what was done and nothing more. */
export const doneSchema = z.object({ message: z.string() });

/** The response to a create: the new record's number. */
export const createdSchema = z.object({
  message: z.string(),
  data: z.object({ id: z.int() }),
});

/** `data` of one record or of a list. */
export const dataOf = <S extends z.ZodType>(data: S) => z.object({ data });

/** Records and lists in `data`. */
export const ANSWERS: AnswerStyle = {
  one: { schema: dataOf, of: (data) => ({ data }) },
  list: { schema: (record) => dataOf(z.array(record)), of: (data) => ({ data }) },
};

/** The same for a page of a list. */
export const PAGES: PageStyle = { ...BARE_PAGES, ...ANSWERS.list };
