import type { z } from 'zod';
import { type FieldError, invalid, type Problem, refuse } from '../problem.ts';
import type { Input, InputSchemas, Raw } from './endpoint.ts';

const fieldErrors = (part: string, { issues }: z.ZodError): FieldError[] =>
  issues.flatMap((issue) => {
    const path = issue.path.map(String);
    if (issue.code !== 'unrecognized_keys') {
      return [{ path: path.join('.') || part, message: issue.message }];
    }
    return issue.keys.map((key) => ({
      path: [...path, key].join('.'),
      message: `There is no such field in the ${part}.`,
    }));
  });

/** A query without its empty values: `?status=` asks for no filter. */
const withoutEmpty = (query: unknown): unknown =>
  Object.fromEntries(Object.entries(Object(query)).filter(([, value]) => value !== ''));

/** Parses the three parts of a request; 404 for an impossible id, 400 that names each wrong field. */
export const parseInput = <P, Q, B>(
  { params: pathSchema, query: querySchema, body: bodySchema }: InputSchemas<P, Q, B>,
  raw: Raw,
): Input<P, Q, B> | Problem => {
  const params = pathSchema.safeParse(raw.params);
  if (!params.success) return refuse('resource/not-found');
  const query = querySchema.safeParse(withoutEmpty(raw.query));
  const body = bodySchema.safeParse(raw.body);
  if (query.success && body.success) {
    return { params: params.data, query: query.data, body: body.data };
  }
  return invalid([
    ...(query.success ? [] : fieldErrors('query', query.error)),
    ...(body.success ? [] : fieldErrors('body', body.error)),
  ]);
};
