import type { z } from 'zod';
import type { EndpointSpec } from '../http/desk.ts';
import type { Declaration, Endpoint, Sample } from '../http/endpoint.ts';
import { type KernelRefusal, type Problem, refuse } from '../problem.ts';
import type { Reason, Stored } from './declaration.ts';
import type { Kind } from './kind.ts';
import type { Envelope, Operation, Style } from './style.ts';

/** The part of `defineDesk`'s result that records need. */
export interface DeskKit<A, Role extends string, Code extends string> {
  readonly endpoint: <P, Q, B, O extends z.ZodType>(
    spec: EndpointSpec<A, P, Q, B, O, Code> & { readonly roles: readonly Role[] },
  ) => Endpoint;
  readonly refuse: (code: Code, details?: unknown) => Problem;
}

/** An endpoint without the fields that follow from the record's declaration. */
type RecordEndpoint<A, P, Q, B, O extends z.ZodType> = Omit<
  Declaration,
  'contract' | 'returns' | 'sample' | 'audit'
> &
  Pick<EndpointSpec<A, P, Q, B, O, never>, 'input' | 'output' | 'loads' | 'handle'> & {
    readonly sample: Partial<Omit<Sample, 'as' | 'given'>> & { readonly given: string | undefined };
  };

/** A kind of records at its desk, from which its endpoints are made. */
export interface Served<A, D extends Stored> {
  readonly kind: Kind<A, D>;
  readonly style: Style<string>;
  readonly endpoint: <P, Q, B, O extends z.ZodType>(
    operation: Operation,
    reasons: readonly Reason[],
    spec: RecordEndpoint<A, P, Q, B, O>,
  ) => Endpoint;
  /** Refuses with the desk's code for the reason, or else the kernel's. */
  readonly refuse: (reason: Reason, details?: unknown) => Problem;
}

const READING: readonly Operation[] = ['list', 'get', 'export'];

interface Names {
  readonly one: string;
  readonly many: string;
}

/** What a success returns, for OpenAPI. */
const RETURNS: Readonly<Record<Operation, (names: Names) => string>> = {
  list: ({ many }) => `a page of ${many}`,
  get: ({ one }) => `the ${one}`,
  create: ({ one }) => `the new ${one}`,
  update: ({ one }) => `the ${one} after the change`,
  remove: ({ one }) => `the deleted ${one}`,
  import: () =>
    'how many rows became new, changed and unchanged records, and what is wrong in which row',
  export: ({ many }) => `the ${many}, under a row with the names of the fields`,
};

const returnsOf = (
  { create, update, remove }: Style<string>,
  operation: Operation,
  names: Names,
): string => {
  const envelopes: Partial<Record<Operation, Envelope | undefined>> = { create, update, remove };
  return envelopes[operation]?.returns ?? RETURNS[operation](names);
};

/** The part of a declaration that says who may do what, and which refusals are possible. */
interface Terms<Role, Code> {
  readonly readers: readonly Role[];
  readonly readersOfOne?: readonly Role[];
  readonly writers: readonly Role[];
  readonly references?: object;
  readonly patch: { readonly shape: object };
  readonly place?: { readonly refusals: readonly Code[] };
}

/** Which reasons are possible for a kind; those not named always are. */
const canRefuse = <D extends Stored>(
  kind: Kind<never, D>,
  { references = {}, patch: { shape } }: Terms<string, string>,
  isUpdate: boolean,
): Readonly<Partial<Record<Reason, boolean>>> => ({
  unknown: Object.keys(references).some((field) => !isUpdate || field in shape),
  taken: (isUpdate ? kind.changeable : kind.uniques).length > 0,
  inUse: ((isUpdate ? kind.fixedInUse : kind.usedBy) ?? []).length > 0,
  builtIn: kind.builtIn !== undefined,
});

const rolesFor = <Role>(
  operation: Operation,
  { readers, readersOfOne = [], writers }: Terms<Role, unknown>,
): readonly Role[] => {
  if (operation === 'get') return [...readers, ...readersOfOne];
  return READING.includes(operation) ? readers : writers;
};

/** Adds to a kind what its desk knows: the roles and the codes of refusals. */
export const serve = <A, Role extends string, Code extends string, D extends Stored>(
  desk: DeskKit<A, Role, Code>,
  style: Style<Code>,
  kind: Kind<A, D>,
  terms: Terms<Role, Code>,
): Served<A, D> => ({
  kind,
  style,
  endpoint: (operation, reasons, { sample: { given, ...sample }, ...spec }) => {
    const isReading = READING.includes(operation);
    const roles = rolesFor(operation, terms);
    const can = canRefuse(kind, terms, operation === 'update');
    const ofPlace = ['list', 'create'].includes(operation) ? terms.place?.refusals : undefined;
    const codes = reasons.flatMap((each) =>
      can[each] === false ? [] : (style.refusals[each] ?? []),
    );
    return desk.endpoint({
      ...spec,
      contract: `${kind.contract}${style.sections?.[operation] ?? ''}`,
      roles,
      refusals: [...(ofPlace ?? []), ...codes],
      returns: returnsOf(style, operation, kind),
      ...(!isReading && { audit: 'masterData' }),
      sample: { as: roles[0] ?? '', ...(given !== undefined && { given }), ...sample },
    });
  },
  refuse: (reason, details) => {
    const code = style.refusals[reason];
    const known: KernelRefusal = reason === 'notFound' ? 'resource/not-found' : 'request/invalid';
    return code === undefined ? refuse(known, details) : desk.refuse(code, details);
  },
});
