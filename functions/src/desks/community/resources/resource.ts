import { z } from 'zod';
import { type Cost, type Endpoint, noInput } from '../../../kernel/http/endpoint.ts';
import { Problem } from '../../../kernel/problem.ts';
import type { Collection } from '../../../kernel/store/collection.ts';
import {
  type DocKey,
  type Fields,
  type Loaded,
  type Reads,
  type Write,
} from '../../../kernel/store/document.ts';
import { byNumber } from '../../../kernel/store/numbered.ts';
import { pageHeaders, readBarePage, unread } from '../../../kernel/store/page.ts';
import type { Alternative, Equal, Query } from '../../../kernel/store/query.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { claimOf, claimWrites, isTaken, type UniqueValue } from '../../../kernel/store/unique.ts';
import { community, problemOf } from '../desk.ts';
import { counterOf, type Kind, touch } from '../records.ts';
import { idSchema } from '../domain/schemas.ts';
import type { Member } from '../domain/ticket.ts';
import { refuse } from '../../../kernel/decision.ts';
import type { Refusal, Role } from '../domain/vocabulary.ts';
import { dates, withDates } from '../wire.ts';

/** What every record of the desk's small resources has besides its own fields. */
export interface Stored {
  readonly id: number;
  readonly createdAt: Date;
  readonly updatedAt: Date;
}

interface ListQuery {
  readonly limit: number;
  readonly cursor?: string | undefined;
  readonly companyId?: number | undefined;
  readonly communityId?: number | undefined;
}

/** The wire's form of a record, from its own fields. */
export const recordWire = (id: string, fields: z.ZodRawShape) =>
  z.object({ id: idSchema, ...fields, ...dates }).meta({ id });

/** One kind of small resource; `G` is what a request gives of it, `P` what it changes. */
export interface Resource<D extends Stored & Fields, G, P> {
  readonly path: string;
  /** `category` and `categories`, for people to read. */
  readonly one: string;
  readonly many: string;
  readonly contract: string;
  readonly kind: Kind;
  readonly collection: Collection<D, { readonly list: Query<D> }>;
  readonly body: z.ZodType<G>;
  readonly patch: z.ZodType<P>;
  /** Its fields are named as in the document. */
  readonly wire: z.ZodType;
  readonly readers: readonly Role[];
  readonly writers: readonly Role[];
  /** The company that it belongs to; null for what is everybody's. */
  readonly companyOf: (data: D) => number | null;
  /** `companyId` is the parent's; 0, which nothing keeps, where there is none. */
  readonly make: (given: G, stored: Stored, companyId: number) => D;
  readonly patched: (patch: P, now: Date) => Partial<D>;
  /** What a record belongs to: touched when one is added, so that it can't vanish meanwhile. */
  readonly parent?: {
    readonly field: string;
    readonly key: (given: G) => DocKey<unknown>;
    /** Its company; undefined where it is not there. */
    readonly companyOf: (reads: Reads, given: G) => number | undefined;
  };
  /** Numbers below this are the desk's own, and their records can't be deleted. */
  readonly firstNumber?: number;
  /** What no two records share. */
  readonly unique?: {
    readonly refusal: Refusal;
    readonly field: string;
    readonly of: (data: G | D) => UniqueValue;
    /** Whether the desk keeps it for its own records. */
    readonly isReserved: (given: G) => boolean;
  };
  /** Documents that are created together with a record, where they are missing. */
  readonly beside?: {
    readonly keys: readonly DocKey<unknown>[];
    readonly writes: (reads: Reads, now: Date) => Write[];
  };
  /** A filter is equality with the field of the same name. */
  readonly query: z.ZodType<ListQuery>;
  /** Queries for what a record may not be deleted under. */
  readonly usedBy: readonly ((data: D) => Alternative<object>)[];
  readonly samples: {
    /** The situation with such a record, which nothing uses. */
    readonly given: string;
    readonly body: Fields;
    readonly patch: Fields;
    readonly costs: Readonly<Record<'create' | 'remove', Cost>>;
  };
}

const isFor = ({ role, companyId }: Member, company: number | null): boolean =>
  role === 'SYSTEM_ADMIN' || company === null || company === companyId;

/** A record within the caller's reach; 404 for any other. */
const seenIn = <D extends Stored & Fields, G, P>(
  { collection, companyOf }: Resource<D, G, P>,
  reads: Reads,
  id: string,
  member: Member,
): Loaded<D> | Problem => {
  const seen = reads.get(collection.doc(id));
  return seen !== undefined && isFor(member, companyOf(seen.data))
    ? seen
    : community.refuse('record/not-found');
};

const claimsOf = <D extends Stored & Fields, G, P>({ unique }: Resource<D, G, P>, data: G | D) =>
  unique === undefined ? [] : [unique.of(data)];

/** What a list compares; undefined where nothing can match: somebody else's company. */
const equalOf = (
  { optional = [] }: Query<unknown>['shape'],
  { companyId, communityId }: ListQuery,
  member: Member,
): Equal | undefined => {
  const isBound = member.role !== 'SYSTEM_ADMIN' && optional.includes('companyId');
  if (isBound && companyId !== undefined && companyId !== member.companyId) return undefined;
  const company = isBound ? member.companyId : companyId;
  return {
    ...(company !== undefined && { companyId: company }),
    ...(communityId !== undefined && { communityId }),
  };
};

const listOf = <D extends Stored & Fields, G, P>(resource: Resource<D, G, P>): Endpoint => {
  const { path, many, contract, readers, query } = resource;
  const { list } = resource.collection.queries;
  return community.endpoint({
    method: 'get',
    path,
    summary: `Lists ${many} by number`,
    contract,
    roles: readers,
    input: { ...noInput, query },
    status: 200,
    output: z.array(resource.wire),
    headers: pageHeaders,
    cost: { reads: (rows) => rows + 1, writes: 0 },
    sample: { as: readers[0] ?? 'SYSTEM_ADMIN', given: 'neighbourhood' },
    handle: async (context) => {
      const equal = equalOf(list.shape, context.input.query, context.actor);
      const anyOf = equal === undefined ? [] : [list.where(equal)];
      const found = await readBarePage(context, { anyOf }, context.input.query);
      return found.map(withDates);
    },
  });
};

const getOf = <D extends Stored & Fields, G, P>(resource: Resource<D, G, P>): Endpoint => {
  const { path, one, contract, readers, collection, wire, samples } = resource;
  return community.endpoint({
    method: 'get',
    path: `${path}/:id`,
    summary: `Answers one ${one}`,
    contract,
    roles: readers,
    input: { ...noInput, params: byNumber },
    status: 200,
    output: wire,
    cost: { reads: 2, writes: 0 },
    sample: { as: readers[0] ?? 'SYSTEM_ADMIN', given: samples.given },
    loads: ({ params }) => [collection.doc(params.id)],
    handle: async ({ input: { params }, reads, actor }) => {
      const seen = seenIn(resource, reads, params.id, actor);
      return seen instanceof Problem ? seen : withDates(seen.data);
    },
  });
};

/** Why a record can not be added here; undefined when it can. */
const refusalOfNew = <D extends Stored & Fields, G, P>(
  { parent, unique }: Resource<D, G, P>,
  given: G,
  claims: readonly UniqueValue[],
  reads: Reads,
  member: Member,
): Problem | undefined => {
  if (parent !== undefined) {
    const company = parent.companyOf(reads, given);
    if (company === undefined || !isFor(member, company)) {
      return problemOf(refuse('record/parent-unknown', { field: parent.field }));
    }
  }
  if (unique === undefined) return undefined;
  const isFree = claims.every((value) => !isTaken(reads, value, '')) && !unique.isReserved(given);
  return isFree ? undefined : problemOf(refuse(unique.refusal, { field: unique.field }));
};

const createOf = <D extends Stored & Fields, G, P>(resource: Resource<D, G, P>): Endpoint => {
  const { path, one, contract, writers, kind, collection, body, wire, samples } = resource;
  const { parent, make, firstNumber = 1, beside } = resource;
  const parents = (given: G) => (parent === undefined ? [] : [parent.key(given)]);
  return community.endpoint({
    method: 'post',
    path,
    summary: `Adds a ${one}`,
    contract,
    roles: writers,
    input: { ...noInput, body },
    status: 201,
    output: wire,
    cost: samples.costs.create,
    sample: { as: writers[0] ?? 'SYSTEM_ADMIN', given: 'neighbourhood', body: samples.body },
    loads: ({ body: given }) => [
      ...parents(given),
      ...claimsOf(resource, given).map(claimOf),
      ...(beside?.keys ?? []),
    ],
    handle: ({ input: { body: given }, changeNumbered }) =>
      changeNumbered({
        counter: counterOf(kind),
        decide: ({ reads, actor, now }) => {
          const claims = claimsOf(resource, given);
          const refusal = refusalOfNew(resource, given, claims, reads, actor);
          if (refusal !== undefined) return refusal;
          return (n) => {
            const id = n + firstNumber - 1;
            const stored = { id, createdAt: now, updatedAt: now };
            const data = make(given, stored, parent?.companyOf(reads, given) ?? 0);
            return {
              writes: [
                collection.create(String(id), data),
                ...touch(parents(given), now),
                ...claimWrites(reads, String(id), [], claims),
                ...(beside?.writes(reads, now) ?? []),
              ],
              answer: withDates(data),
            };
          };
        },
      }),
  });
};

const updateOf = <D extends Stored & Fields, G, P>(resource: Resource<D, G, P>): Endpoint => {
  const { path, one, contract, writers, collection, patch, patched, wire, samples } = resource;
  return community.endpoint({
    method: 'put',
    path: `${path}/:id`,
    summary: `Changes a ${one}; what is left out stays`,
    contract,
    roles: writers,
    input: { ...noInput, params: byNumber, body: patch },
    status: 200,
    output: wire,
    cost: { reads: 2, writes: 1 },
    sample: { as: writers[0] ?? 'SYSTEM_ADMIN', given: samples.given, body: samples.patch },
    loads: ({ params }) => [collection.doc(params.id)],
    handle: ({ input: { params, body }, change }) =>
      change({
        decide: ({ reads, actor, now }) => {
          const seen = seenIn(resource, reads, params.id, actor);
          if (seen instanceof Problem) return seen;
          const changed = patched(body, now);
          const answer = withDates({ ...seen.data, ...changed });
          return { writes: [collection.update(seen, changed)], answer };
        },
      }),
  });
};

const isUsed = async <D extends Stored & Fields, G, P>(
  { usedBy }: Resource<D, G, P>,
  store: Store,
  data: D,
): Promise<boolean> => {
  const found = await Promise.all(
    usedBy.map((of) => store.find({ ...unread({ anyOf: [of(data)] }), limit: 1 })),
  );
  return found.some(({ length }) => length > 0);
};

const removeOf = <D extends Stored & Fields, G, P>(resource: Resource<D, G, P>): Endpoint => {
  const { path, one, contract, writers, collection, wire, samples, firstNumber = 1 } = resource;
  return community.endpoint({
    method: 'delete',
    path: `${path}/:id`,
    summary: `Deletes a ${one} that nothing belongs to, and answers it`,
    contract,
    roles: writers,
    input: { ...noInput, params: byNumber },
    status: 200,
    output: wire,
    cost: samples.costs.remove,
    sample: { as: writers[0] ?? 'SYSTEM_ADMIN', given: samples.given },
    loads: ({ params }) => [collection.doc(params.id)],
    handle: ({ input: { params }, actor, store, change }) =>
      change({
        // After the record was read: what comes to belong to it in between touches it.
        gather: async (reads) => {
          const seen = seenIn(resource, reads, params.id, actor);
          return { used: !(seen instanceof Problem) && (await isUsed(resource, store, seen.data)) };
        },
        decide: ({ reads, gathered: { used }, actor: member }) => {
          const seen = seenIn(resource, reads, params.id, member);
          if (seen instanceof Problem) return seen;
          if (seen.data.id < firstNumber) return community.refuse('status/built-in');
          if (used) return community.refuse('record/in-use');
          const claims = claimsOf(resource, seen.data).map(claimOf);
          return {
            writes: [
              collection.remove(seen),
              ...claims.map(({ path: claim }) => ({ op: 'delete', path: claim }) as const),
            ],
            answer: withDates(seen.data),
          };
        },
      }),
  });
};

/** List, get, create, update and delete. */
export const endpointsOf = <D extends Stored & Fields, G, P>(
  resource: Resource<D, G, P>,
): readonly Endpoint[] => [
  listOf(resource),
  getOf(resource),
  createOf(resource),
  updateOf(resource),
  removeOf(resource),
];
