import { z } from 'zod';
import { defineDesk } from '../../kernel/http/desk.ts';
import { problemsOf } from '../../kernel/problem.ts';
import { accessSchema, callerOf, roleOf } from './people.ts';
import { CATEGORIES, PERMISSIONS, REFUSALS, ROLES, STATUSES } from './domain/vocabulary.ts';

const failureSchema = z
  .object({
    error: z.object({
      code: z.string(),
      message: z.string(),
      details: z
        .array(z.object({ path: z.string(), message: z.string() }))
        .optional()
        .meta({ description: 'what is wrong with each field' }),
    }),
  })
  .meta({ id: 'Failure' });

/** How the city services answer: under `/api/urban`, no envelope, `{ error: { code, message, details? } }`. */
export const urban = defineDesk({
  name: 'urban',
  title: 'City services: what citizens report and technicians repair',
  base: '/api/urban',
  roles: ROLES,
  access: accessSchema,
  actorOf: callerOf,
  roleOf,
  refusals: REFUSALS,
  vocabulary: { TicketStatus: STATUSES, TicketCategory: CATEGORIES, Permission: PERMISSIONS },
  success: (_status, answer) => answer,
  successSchema: (_status, answer) => answer,
  failure: ({ code, message, details }) => ({
    error: { code, message, ...(details === undefined ? {} : { details }) },
  }),
  failureSchema,
});

/** Makes a decision's refusal the problem that the caller gets. */
export const problemOf = problemsOf(REFUSALS);
