import { z } from 'zod';
import {
  createDocument,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { KERNEL_REFUSALS } from '../problem.ts';
import type { Desk } from './desk.ts';
import { type Endpoint, none } from './endpoint.ts';

const REFUSED = 'The state of the record forbids it; `code` says why.';
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

const MESSAGES = new Map<number, string>(
  Object.values(KERNEL_REFUSALS).map(({ status, message }) => [status, message]),
);

/** The desk's failures, each one object: the generator tells shared ones by identity. */
const failureResponses = (desk: Desk): ReadonlyMap<number, ZodOpenApiResponseObject> => {
  const content = { [desk.failureType]: { schema: desk.failureSchema } };
  const statuses = new Set([...MESSAGES.keys(), ...desk.endpoints.flatMap(failures)]);
  return new Map(
    [...statuses].map((status) => [
      status,
      { id: `Failure${status}`, description: MESSAGES.get(status) ?? REFUSED, content },
    ]),
  );
};

const operation = (
  desk: Desk,
  endpoint: Endpoint,
  failed: ReadonlyMap<number, ZodOpenApiResponseObject>,
): ZodOpenApiOperationObject => {
  const { input, output, status, sample, roles } = endpoint;
  const path = objectOf(input.params);
  const query = objectOf(input.query);
  const hasKey = endpoint.method === 'post' && roles !== 'public';
  const schemes = desk.accepts.map((kind) => ({ [kind === 'session' ? SESSION : TOKEN]: [] }));
  return {
    operationId: operationId(endpoint),
    summary: endpoint.summary,
    description: `Contract: ${endpoint.contract}. Roles: ${roles === 'public' ? 'everyone' : roles.join(', ')}.`,
    security: roles === 'public' ? [] : schemes,
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(hasKey && { header: idempotencyKey }),
    },
    ...(input.body !== none && {
      requestBody: {
        content: {
          [endpoint.consumes?.type ?? 'application/json']: {
            schema: input.body,
            example: sample.body,
          },
        },
      },
    }),
    responses: {
      [String(status)]: {
        description: 'done',
        ...(endpoint.headers && { headers: endpoint.headers }),
        content:
          endpoint.produces === undefined
            ? { 'application/json': { schema: desk.successSchema(status, output) } }
            : { [endpoint.produces]: { schema: z.string() } },
      },
      ...Object.fromEntries(
        failures(endpoint).flatMap((code) => {
          const response = failed.get(code);
          return response === undefined ? [] : [[String(code), response]];
        }),
      ),
    },
  };
};

/** The desk's OpenAPI 3.1 document, made from its endpoints alone. */
export const openApiOf = (desk: Desk, version: string) => {
  const failed = failureResponses(desk);
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of desk.endpoints) {
    const path = pathOf(desk, endpoint);
    paths[path] = { ...paths[path], [endpoint.method]: operation(desk, endpoint, failed) };
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
