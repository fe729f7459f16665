import { z } from 'zod';
import type { Desk } from '../../src/kernel/http/desk.ts';
import type { Endpoint } from '../../src/kernel/http/endpoint.ts';
import { openApiOf } from '../../src/kernel/http/openapi.ts';
import { at } from './client.ts';

const isSchema = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null;

const documents = new WeakMap<Desk, unknown>();

/** The desk's OpenAPI document, read back from its text. */
const documentOf = (desk: Desk): unknown => {
  const text = JSON.stringify(openApiOf(desk, '0.0.0'));
  // Components become the schema's own definitions, where JSON Schema looks for them.
  const made: unknown = JSON.parse(text.replaceAll('#/components/schemas/', '#/$defs/'));
  documents.set(desk, made);
  return made;
};

/** The schema that the desk's OpenAPI document gives for an answer. */
export const documentedAnswer = (
  desk: Desk,
  { method, path }: Endpoint,
  status: number,
): z.ZodType => {
  const document = documents.get(desk) ?? documentOf(desk);
  const url = `${desk.base}${path.replace(/:(\w+)/g, '{$1}')}`;
  const content = at(document, 'paths', url, method, 'responses', status, 'content');
  const schema = at(Object.values(Object(content))[0], 'schema');
  if (!isSchema(schema)) throw new Error(`${method} ${url} documents no answer ${status}`);
  return z.fromJSONSchema({ ...schema, $defs: Object(at(document, 'components', 'schemas')) });
};
