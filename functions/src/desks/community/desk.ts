import { STATUS_CODES } from 'node:http';
import { z } from 'zod';
import { defineDesk } from '../../kernel/http/desk.ts';
import {
  errorsByField,
  errorsByFieldSchema,
  type Problem,
  problemsOf,
} from '../../kernel/problem.ts';
import { withKnownNames } from './domain/names.ts';
import { accessSchema, grants, memberOf } from './people.ts';
import { REFUSALS, ROLES } from './domain/vocabulary.ts';

const failureSchema = z
  .object({
    type: z.string().meta({ description: 'a URI for the kind of failure' }),
    title: z.string(),
    status: z.int(),
    detail: z.string(),
    instance: z.string().meta({ description: 'a URI for this one occurrence' }),
    errors: errorsByFieldSchema.optional(),
    code: z.string(),
    requestId: z.string(),
  })
  .meta({ id: 'ProblemDetails' });

const problemDetails = (problem: Problem, requestId: string): z.input<typeof failureSchema> => {
  const { code, status, message } = problem;
  const errors = errorsByField(problem);
  return {
    type: `urn:crewline:problem:${code.replace('/', ':')}`,
    title: STATUS_CODES[status] ?? 'Failure',
    status,
    detail: message,
    instance: `urn:uuid:${requestId}`,
    ...(errors && { errors }),
    code,
    requestId,
  };
};

/** How the community desk answers: under `/api`, bare objects and arrays, problem details (RFC 9457). */
export const community = defineDesk({
  name: 'community',
  title: 'Communities: residents’ tickets and comments',
  base: '/api',
  roles: ROLES,
  access: accessSchema,
  grants,
  actorOf: memberOf,
  roleOf: ({ role }) => role,
  refusals: REFUSALS,
  vocabulary: { Role: ROLES },
  normalize: withKnownNames,
  success: (_status, data) => data,
  successSchema: (_status, data) => data,
  failure: problemDetails,
  failureSchema,
  failureType: 'application/problem+json',
});

/** Makes a decision's refusal the problem that the caller gets. */
export const problemOf = problemsOf(REFUSALS);
