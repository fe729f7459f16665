import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
} from 'zod-openapi';
import { KERNEL_REFUSALS } from '../problem.ts';
import type { Desk } from './desk.ts';
import { type Endpoint, none } from './endpoint.ts';

const SESSION = 'session';
const TOKEN = 'idToken';

const pathOf = (desk: Desk, { path }: Endpoint): string =>
  `${desk.base}${path.replace(/:(\w+)/g, '{$1}')}`;

const operationId = ({ method, path }: Endpoint): string =>
  [method, ...path.split(/\W+/).filter((word) => word !== '')]
    .map((word, index) => (index === 0 ? word : word.charAt(0).toUpperCase() + word.slice(1)))
    .join('');

const objectOf = (schema: z.ZodType): z.ZodObject | undefined =>
  schema instanceof z.ZodObject ? schema : undefined;

/** Statuses that any endpoint of the kind may answer beside its success. */
const failures = (endpoint: Endpoint): readonly number[] => [
  ...(endpoint.input.query === none && endpoint.input.body === none ? [] : [400]),
  ...(endpoint.roles === 'public' ? [] : [401, 403]),
  ...(endpoint.path.includes(':') ? [404] : []),
  ...(endpoint.method === 'get' ? [] : [409, 413, 415]),
  ...(endpoint.method === 'post' ? [422] : []),
  500,
  503,
];

const idempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'a repeat with the same key within 24 hours has no further effect' }),
});

const operation = (desk: Desk, endpoint: Endpoint): ZodOpenApiOperationObject => {
  const { input, output, status, sample } = endpoint;
  const path = objectOf(input.params);
  const query = objectOf(input.query);
  const failure = { content: { [desk.failureType]: { schema: desk.failureSchema } } };
  const hasKey = endpoint.method === 'post' && endpoint.roles !== 'public';
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    description: `Contract: ${endpoint.contract}. Roles: ${
      endpoint.roles === 'public' ? 'everyone' : endpoint.roles.join(', ')
    }.`,
    security: endpoint.roles === 'public' ? [] : [{ [SESSION]: [] }, { [TOKEN]: [] }],
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(hasKey && { header: idempotencyKey }),
    },
    ...(input.body !== none && {
      requestBody: {
        content: { 'application/json': { schema: input.body, example: sample.body } },
      },
    }),
    responses: {
      [String(status)]: {
        description: 'done',
        content: { 'application/json': { schema: desk.successSchema(status, output) } },
      },
      ...Object.fromEntries(
        failures(endpoint).map((code) => [
          String(code),
          { description: KERNEL_MESSAGES.get(code) ?? 'refused', ...failure },
        ]),
      ),
    },
  };
};

const KERNEL_MESSAGES = new Map<number, string>(
  Object.values(KERNEL_REFUSALS).map(({ status, message }) => [status, message]),
);

/** The desk's OpenAPI 3.1 document, made from its endpoints alone. */
export const openApiOf = (desk: Desk, version: string) => {
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of desk.endpoints) {
    const path = pathOf(desk, endpoint);
    paths[path] = { ...paths[path], [endpoint.method]: operation(desk, endpoint) };
  }
  return createDocument({
    openapi: '3.1.0',
    info: { title: desk.title, version },
    paths,
    components: {
      securitySchemes: {
        [SESSION]: { type: 'apiKey', in: 'cookie', name: 'session_id' },
        [TOKEN]: { type: 'http', scheme: 'bearer', bearerFormat: 'Firebase ID token' },
      },
    },
  });
};
