import { randomInt, randomUUID } from 'node:crypto';
import { expect } from 'chai';
import type { Desk } from '../../../src/kernel/http/desk.ts';
import type { BodyKind, Endpoint } from '../../../src/kernel/http/endpoint.ts';
import { type KernelRefusal, refuse } from '../../../src/kernel/problem.ts';
import type { Received, Sending } from '../../support/client.ts';
import type { Ask, Billed } from '../../support/guard.ts';
import { chosenBy, inputSchema, type JsonSchema } from '../../support/json-schema.ts';
import { fill, type Scene, type Stage } from '../../desks/stage.ts';

/** One endpoint under test. `ask` and `stage` can be called once the tests run. */
export interface Case {
  readonly desk: Desk;
  readonly endpoint: Endpoint;
  readonly ask: Ask;
  readonly stage: () => Stage;
}

export const nameOf = ({ desk, endpoint }: Pick<Case, 'desk' | 'endpoint'>): string =>
  `${endpoint.method.toUpperCase()} ${desk.base}${endpoint.path}`;

export const paramsOf = ({ path }: Endpoint): string[] =>
  [...path.matchAll(/:(\w+)/g)].map(([, name = '']) => name);

/** An id that names nothing, in a form that the path takes: a UUID, or a number. */
export const unknownId = ({ input }: Endpoint, name: string): string => {
  const id = randomUUID();
  const { pattern = '' } = inputSchema(input.params).properties?.[name] ?? {};
  return new RegExp(pattern).test(id) ? id : String(randomInt(10 ** 11, 10 ** 12));
};

/** The endpoint's path with its parameters (not encoded) and its query. */
export const pathOf = (
  { desk, endpoint }: Case,
  params: Readonly<Record<string, string>>,
  query: Readonly<Record<string, string>> | string = {},
): string => {
  const path = endpoint.path.replace(
    /:(\w+)/g,
    (_, name: string) => params[name] ?? unknownId(endpoint, name),
  );
  const search = typeof query === 'string' ? query : new URLSearchParams(query).toString();
  return `${desk.base}${path}${search === '' ? '' : `?${search}`}`;
};

/** The sample's body, filled in; undefined when it has none. */
export const bodyOf = ({ endpoint }: Case, words: Scene['words'] = {}): unknown =>
  fill(endpoint.sample.body, words);

/** The content type that a body of this kind is sent with. */
export const typeOf = ({ type }: BodyKind): string => [type].flat()[0] ?? '';

/** A body in the form that the endpoint accepts: JSON, text of another type, or a file in base64. */
export const carried = ({ consumes }: Endpoint, body: unknown): Sending => {
  if (body === undefined) return {};
  if (consumes === undefined) return { body };
  const type = typeOf(consumes);
  if (typeof body !== 'string') throw new Error(`the sample of ${type} must be text`);
  const raw = consumes.isStream === true ? Buffer.from(body, 'base64') : body;
  return { raw, headers: { 'Content-Type': type } };
};

/** Sends the endpoint's sample in a situation that was set up for it. */
export const sendSample = (each: Case, scene: Scene, sending: Sending = {}): Promise<Billed> => {
  const { method, sample } = each.endpoint;
  const params = { ...scene.params, ...sample.params };
  const own = carried(each.endpoint, bodyOf(each, scene.words));
  return each.ask(method.toUpperCase(), pathOf(each, params, sample.query), {
    as: scene.as(sample.as),
    ...own,
    ...sending,
    headers: { ...own.headers, ...sending.headers },
  });
};

/** Sends a request that is refused for what it says, by a person who may send it. */
export const sendAs = async (
  each: Case,
  sending: Sending,
  query = '',
  params: Scene['params'] = {},
): Promise<Billed> => {
  const { method, sample, roles } = each.endpoint;
  const as = roles === 'public' ? {} : await each.stage().member(sample.as);
  const path = pathOf(each, { ...params, ...sample.params }, query);
  return each.ask(method.toUpperCase(), path, { as, ...sending });
};

export const bodySchema = ({ endpoint: { input, sample } }: Case): JsonSchema =>
  chosenBy(inputSchema(input.body), Object(sample.body));

/** Checks a refusal against the status and the desk's own error body. */
export const expectRefusal = ({ desk }: Pick<Case, 'desk'>, answer: Received, status: number) => {
  expect(answer.status, answer.text).to.equal(status);
  expect(answer.headers.get('Content-Type')?.split(';')[0]).to.equal(desk.failureType);
  expect(desk.failureSchema.parse(answer.body)).to.deep.equal(answer.body);
};

/** The same for a refusal of the kernel, with the desk's message. */
export const expectProblem = (
  { desk }: Pick<Case, 'desk'>,
  answer: Received,
  code: KernelRefusal,
): void => {
  const problem = refuse(code);
  expectRefusal({ desk }, answer, problem.status);
  const words = desk.failure(problem, answer.headers.get('X-Request-Id') ?? '');
  expect(answer.body).to.deep.equal(words);
};
