import { z } from 'zod';
import { defineDesk } from '../../kernel/http/desk.ts';
import type { Problem } from '../../kernel/problem.ts';
import { accessSchema, staffOf } from './people.ts';
import type { Refused } from './ticket.ts';
import { REFUSALS, ROLES } from './vocabulary.ts';

const messages = z.array(z.tuple([z.string(), z.array(z.string())]));
const details = z.array(z.object({ path: z.string(), message: z.string() }));

/** What is wrong with each field, by its name. */
const errorsOf = (problem: Problem): { errors?: Record<string, string[]> } => {
  const fields = details.safeParse(problem.details).data;
  if (fields === undefined) return {};
  const byField = Map.groupBy(fields, ({ path }) => path);
  const errors = [...byField].map(([path, found]) => [path, found.map((each) => each.message)]);
  return { errors: Object.fromEntries(errors) };
};

/** Not a zod record, which drops a field called `__proto__`: the caller is told of that one too. */
const byFieldSchema = z
  .custom<Record<string, string[]>>(
    (value) => messages.safeParse(Object.entries(Object(value))).success,
  )
  .meta({
    description: 'what is wrong with each field, by its name',
    override: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
  });

const failureSchema = z
  .object({
    success: z.literal(false),
    message: z.string(),
    errors: byFieldSchema.optional(),
  })
  .meta({ id: 'Failure' });

/** The ISP helpdesk's way: `/api/v1`, bearer tokens, `{ success, message?, data? }`. */
export const isp = defineDesk({
  name: 'isp',
  title: 'ISP helpdesk: tickets of an ISP’s branches and their subscribers',
  base: '/api/v1',
  accepts: ['token'],
  roles: ROLES,
  access: accessSchema,
  actorOf: staffOf,
  roleOf: () => ROLES[0],
  refusals: REFUSALS,
  success: (_status, answer) => ({ success: true, ...Object(answer) }),
  successSchema: (_status, answer) =>
    answer instanceof z.ZodObject
      ? z.object({ success: z.literal(true), ...answer.shape })
      : z.object({ success: z.literal(true) }),
  failure: (problem) => ({
    success: false,
    message: problem.message,
    ...errorsOf(problem),
  }),
  failureSchema,
});

/** A refusal of a decision on its way out; a wrong field is named as validation names it. */
export const problemOf = ({ refusal, field }: Refused): Problem =>
  isp.refuse(refusal, field && [{ path: field, message: REFUSALS[refusal].message }]);

/** An answer that says what was done and nothing more. */
export const doneSchema = z.object({ message: z.string() });

/** What a create answers: the number of what it made. */
export const createdSchema = z.object({
  message: z.string(),
  data: z.object({ id: z.int() }),
});

/** `data` of one record or of a list. */
export const dataOf = <S extends z.ZodType>(data: S) => z.object({ data });
