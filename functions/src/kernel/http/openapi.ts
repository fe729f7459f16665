import { z } from 'zod';
import {
  createDocument,
  type CreateDocumentOptions,
  type ZodOpenApiOperationObject,
  type ZodOpenApiPathsObject,
  type ZodOpenApiResponseObject,
} from 'zod-openapi';
import { KERNEL_REFUSALS, type KernelRefusal } from '../problem.ts';
import type { Desk } from './desk.ts';
import { type DeclaredRefusal, type Endpoint, isChange, JSON_BODY, none } from './endpoint.ts';

const SESSION = 'session';
const BEARER = 'bearer';

const pathOf = (desk: Desk, { path }: Endpoint): string =>
  `${desk.base}${path.replace(/:(\w+)/g, '{$1}')}`;

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const wordsOf = (path: string): string[] => path.split(/[^A-Za-z]+/).filter((word) => word !== '');

/** `putTicketsByIdStatus`: the name of a client's method. */
const operationId = ({ method, path }: Endpoint): string =>
  method + wordsOf(path.replaceAll(':', 'By/')).map(capital).join('');

const objectOf = (schema: z.ZodType): z.ZodObject | undefined =>
  schema instanceof z.ZodObject ? schema : undefined;

/** The kernel's refusals that every endpoint like this one may respond with. */
const kernelCodes = (endpoint: Endpoint): readonly KernelRefusal[] => [
  ...(isBare(endpoint) ? [] : (['request/invalid', 'request/malformed'] as const)),
  ...(endpoint.roles === 'public'
    ? []
    : (['auth/required', 'auth/no-access', 'auth/forbidden'] as const)),
  ...(isChange(endpoint) ? (['auth/foreign-origin'] as const) : []),
  ...(endpoint.path.includes(':') ? (['resource/not-found'] as const) : []),
  ...(endpoint.method === 'get'
    ? []
    : (['request/too-large', 'request/unsupported-media-type'] as const)),
  ...(endpoint.method === 'post'
    ? (['request/idempotency-key-invalid', 'request/idempotency-key-reused'] as const)
    : []),
  'internal',
  'store/busy',
  'store/unavailable',
];

const isBare = ({ input: { query, body } }: Endpoint): boolean => query === none && body === none;

/** A line for each code: what went wrong, and what to do about it. */
const describe = (refusals: readonly DeclaredRefusal[]): string =>
  refusals.map(({ code, message }) => `- \`${code}\`: ${message}`).join('\n');

type Response = ZodOpenApiResponseObject;

/** The shared responses by status. The generator recognizes a shared one by identity. */
const sharedResponses = (desk: Desk): ReadonlyMap<number, Response> => {
  const codes = new Set(desk.endpoints.flatMap(kernelCodes));
  const refusals = [...codes].map((code) => ({ code, ...KERNEL_REFUSALS[code] }));
  const content = { [desk.failureType]: { schema: desk.failureSchema } };
  return new Map(
    [...Map.groupBy(refusals, ({ status }) => status)].map(([status, its]) => [
      status,
      { id: `Failure${status}`, description: describe(its), content },
    ]),
  );
};

/** The failures of an endpoint by status: with codes of its own, or a shared response. */
const failures = (
  desk: Desk,
  endpoint: Endpoint,
  shared: ReadonlyMap<number, Response>,
): Record<string, Response> => {
  const kernel = kernelCodes(endpoint).map((code) => ({ code, ...KERNEL_REFUSALS[code] }));
  const byStatus = Map.groupBy([...kernel, ...endpoint.refusals], ({ status }) => status);
  return Object.fromEntries(
    [...byStatus].map(([status, refusals]) => {
      const common = endpoint.refusals.every((own) => own.status !== status)
        ? shared.get(status)
        : undefined;
      const content = { [desk.failureType]: { schema: desk.failureSchema } };
      return [String(status), common ?? { description: describe(refusals), content }];
    }),
  );
};

const idempotencyKey = z.object({
  'Idempotency-Key': z
    .string()
    .max(255)
    .optional()
    .meta({ description: 'a repeat with the same key within 24 hours has no further effect' }),
});

/** A file: any bytes. OpenAPI 3.1 needs no schema, but the generators of clients go by this one. */
const fileOf = (types: readonly string[]) =>
  Object.fromEntries(
    types.map((type) => [type, { schema: { type: 'string', format: 'binary' } as const }]),
  );

const bodyOf = ({ consumes = JSON_BODY, input, sample }: Endpoint) => {
  const types = [consumes.type].flat();
  if (consumes.isStream === true) return { required: true, content: fileOf(types) };
  const content = { schema: input.body, example: sample.body };
  return { content: Object.fromEntries(types.map((type) => [type, content])) };
};

const successOf = (desk: Desk, endpoint: Endpoint): Response => {
  const { status, output, produces, headers, returns } = endpoint;
  const contentOf = () => {
    if (produces === undefined) {
      return { [JSON_BODY.type]: { schema: desk.successSchema(status, output) } };
    }
    return typeof produces === 'string' ? { [produces]: { schema: z.string() } } : fileOf(produces);
  };
  return { description: returns, ...(headers && { headers }), content: contentOf() };
};

const operation = (
  desk: Desk,
  endpoint: Endpoint,
  shared: ReadonlyMap<number, Response>,
): ZodOpenApiOperationObject => {
  const { input, status, roles } = endpoint;
  const path = objectOf(input.params);
  const query = objectOf(input.query);
  const hasKey = endpoint.method === 'post' && roles !== 'public';
  return {
    operationId: operationId(endpoint),
    tags: endpoint.path.split('/').slice(1, 2),
    summary: endpoint.summary,
    description: `Contract: ${endpoint.contract}. Roles: ${roles === 'public' ? 'everyone' : roles.join(', ')}.`,
    security: roles === 'public' ? [] : [{ [SESSION]: [] }, { [BEARER]: [] }],
    requestParams: {
      ...(path && { path }),
      ...(query && { query }),
      ...(hasKey && { header: idempotencyKey }),
    },
    ...(input.body !== none && { requestBody: bodyOf(endpoint) }),
    responses: {
      [String(status)]: successOf(desk, endpoint),
      ...failures(desk, endpoint, shared),
    },
  };
};

/**
 * The desk's lists of words as components, and what puts a reference to one in place of each list that
 * has the same words.
 */
const wordLists = ({ vocabulary = {} }: Desk) => {
  const lists = Object.entries(vocabulary).map(
    ([name, words]) => [name, z.literal([...words])] as const,
  );
  const names = new Map(lists.map(([name, { values }]) => [JSON.stringify([...values]), name]));
  const own = new Set<unknown>(lists.map(([, schema]) => schema));
  const override: CreateDocumentOptions['override'] = ({ zodSchema, jsonSchema }) => {
    const name = names.get(JSON.stringify(jsonSchema.enum));
    if (name === undefined || own.has(zodSchema)) return;
    delete jsonSchema.type;
    delete jsonSchema.enum;
    jsonSchema.$ref = `#/components/schemas/${name}`;
  };
  return { schemas: Object.fromEntries(lists), override };
};

/** The desk's OpenAPI 3.1 document, generated from its endpoints. */
export const openApiOf = (desk: Desk, version: string) => {
  const shared = sharedResponses(desk);
  const paths: ZodOpenApiPathsObject = {};
  for (const endpoint of desk.endpoints) {
    const path = pathOf(desk, endpoint);
    paths[path] = { ...paths[path], [endpoint.method]: operation(desk, endpoint, shared) };
  }
  const { schemas, override } = wordLists(desk);
  const document = {
    openapi: '3.1.0',
    info: { title: desk.title, version },
    paths,
    components: {
      schemas,
      securitySchemes: {
        [SESSION]: { type: 'apiKey', in: 'cookie', name: 'session_id' },
        [BEARER]: {
          type: 'http',
          scheme: 'bearer',
          bearerFormat: 'session token, or Firebase ID token',
        },
      },
    },
  } as const;
  return createDocument(document, { override });
};
