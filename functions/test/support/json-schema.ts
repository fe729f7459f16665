import { z } from 'zod';

/** The part of JSON Schema that request schemas use. */
export interface JsonSchema {
  readonly type?: string | undefined;
  readonly enum?: readonly unknown[] | undefined;
  readonly const?: unknown;
  readonly anyOf?: readonly JsonSchema[] | undefined;
  readonly oneOf?: readonly JsonSchema[] | undefined;
  readonly properties?: Readonly<Record<string, JsonSchema>> | undefined;
  readonly required?: readonly string[] | undefined;
  readonly maxLength?: number | undefined;
  readonly minimum?: number | undefined;
  readonly maximum?: number | undefined;
  readonly pattern?: string | undefined;
  readonly format?: string | undefined;
}

/** A schema of several types, `['string', 'null']`, as alternatives of one type each. */
const oneTypeEach = (schema: unknown): unknown => {
  const { type, ...rest }: { readonly type?: unknown } = Object(schema);
  return Array.isArray(type)
    ? { anyOf: type.map((each: unknown) => ({ ...rest, type: each })) }
    : schema;
};

const jsonSchema: z.ZodType<JsonSchema> = z.lazy(() =>
  z.preprocess(
    oneTypeEach,
    z.looseObject({
      type: z.string().optional(),
      enum: z.array(z.unknown()).optional(),
      const: z.unknown().optional(),
      anyOf: z.array(jsonSchema).optional(),
      oneOf: z.array(jsonSchema).optional(),
      properties: z.record(z.string(), jsonSchema).optional(),
      required: z.array(z.string()).optional(),
      maxLength: z.number().optional(),
      minimum: z.number().optional(),
      maximum: z.number().optional(),
      pattern: z.string().optional(),
      format: z.string().optional(),
    }),
  ),
);

const converted = new WeakMap<z.ZodType, JsonSchema>();

/** A zod schema's input as JSON Schema; refinements over several fields are left out. */
export const inputSchema = (schema: z.ZodType): JsonSchema => {
  const found =
    converted.get(schema) ??
    jsonSchema.parse(z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any' }));
  converted.set(schema, found);
  return found;
};

/** The alternative that a body chooses by its constants; the schema itself when there are none. */
export const chosenBy = (schema: JsonSchema, body: Readonly<Record<string, unknown>>): JsonSchema =>
  schema.oneOf?.find(({ properties = {} }) =>
    Object.entries(properties).every(
      ([name, { const: value }]) => value === undefined || value === body[name],
    ),
  ) ?? schema;

/** The alternatives of a schema; the schema itself when there are none. */
export const alternatives = (schema: JsonSchema): readonly JsonSchema[] =>
  schema.anyOf === undefined ? [schema] : schema.anyOf.flatMap(alternatives);

const typeOf = (value: unknown): string => {
  if (value === null) return 'null';
  if (Array.isArray(value)) return 'array';
  return Number.isInteger(value) ? 'integer' : typeof value;
};

const EXAMPLES = {
  null: null,
  boolean: true,
  integer: 7,
  number: 7.5,
  string: '§ no such value §',
  array: [],
  object: {},
} as const;

const accepts = (schema: JsonSchema, type: string): boolean =>
  alternatives(schema).some((each) => {
    if (each.enum !== undefined) return each.enum.some((value) => typeOf(value) === type);
    if (each.type === undefined) return true;
    return each.type === type || (each.type === 'number' && type === 'integer');
  });

const outside = ({ enum: values, maxLength, minimum, maximum, type }: JsonSchema): unknown[] => [
  ...(values === undefined ? [] : [EXAMPLES.string]),
  ...(maxLength === undefined ? [] : ['x'.repeat(maxLength + 1)]),
  ...(minimum === undefined || minimum <= Number.MIN_SAFE_INTEGER ? [] : [minimum - 1]),
  ...(maximum === undefined || maximum >= Number.MAX_SAFE_INTEGER ? [] : [maximum + 1]),
  ...(type === 'integer' ? [EXAMPLES.number] : []),
];

/** A text for a schema whose texts all follow patterns. */
const unlike = (schema: JsonSchema): unknown[] => {
  const texts = alternatives(schema).filter(({ type }) => type === 'string');
  const isRefused = texts.every(
    ({ pattern }) => pattern !== undefined && !new RegExp(pattern, 'u').test(EXAMPLES.string),
  );
  return texts.length > 0 && isRefused ? [EXAMPLES.string] : [];
};

/** Values that the schema refuses: one of each wrong type, and values just outside its bounds. */
export const wrongValues = (schema: JsonSchema): unknown[] => [
  ...Object.entries(EXAMPLES).flatMap(([type, value]) => (accepts(schema, type) ? [] : [value])),
  ...alternatives(schema).flatMap(outside),
  ...unlike(schema),
];
