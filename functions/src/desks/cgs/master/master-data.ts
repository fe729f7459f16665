import { randomUUID } from 'node:crypto';
import { type Endpoint, type GatheredSituation, noInput } from '../../../kernel/http/endpoint.ts';
import { invalid, type Problem, refuse } from '../../../kernel/problem.ts';
import type { Reads, Write } from '../../../kernel/store/document.ts';
import { readPage } from '../../../kernel/store/page.ts';
import type { Store } from '../../../kernel/store/store.ts';
import { claimWrites } from '../../../kernel/store/unique.ts';
import { cgs, listOf, resultOf } from '../desk.ts';
import type { Person } from '../domain/schemas.ts';
import { byId } from '../tickets/ticket-command.ts';
import { exportRecords } from './export-records.ts';
import { importRecords } from './import-records.ts';
import { listQueryOf, matches, maySee, visible } from './lists.ts';
import { follow, lookupKeys, type Reference, targetKeys } from './references.ts';
import { fieldOf, merge, type Resource, type Stored, toWire } from './resource.ts';
import { creation, refusalOf, settle, uniqueKeys, uniquesOf } from './settle.ts';
import { inUse } from './usage.ts';

const WRITERS = ['SuperAdmin'] as const;

const createOne = <G extends object, D extends Stored>(resource: Resource<G, D>): Endpoint => {
  const { path, contract, samples } = resource;
  const references = (given: G) => resource.references?.(given) ?? [];
  return cgs.endpoint({
    method: 'post',
    path,
    summary: `Adds a record to the ${resource.many}`,
    contract: `${contract} 1`,
    roles: WRITERS,
    input: { ...noInput, body: resource.body },
    status: 201,
    output: resultOf(resource.wire),
    cost: samples.costs.create,
    sample: { as: 'SuperAdmin', given: samples.free, body: samples.body },
    loads: ({ body }) => [...uniqueKeys(resource, body), ...lookupKeys(references(body))],
    handle: ({ input: { body }, store, change }) => {
      const id = randomUUID();
      const named = references(body);
      return change({
        gather: async (reads) => store.load(targetKeys(named, reads), reads),
        decide: ({ gathered: reads, now }) => {
          const links = follow(named, reads, now);
          const settled = settle(resource, body, { id, before: undefined, now, links, reads });
          if (!('data' in settled)) return refusalOf(settled);
          return {
            writes: [...settled.writes, ...settled.touches],
            answer: { result: toWire(resource, settled.data) },
          };
        },
      });
    },
  });
};

const listAll = <G extends object, D extends Stored>(resource: Resource<G, D>): Endpoint =>
  cgs.endpoint({
    method: 'get',
    path: resource.path,
    summary: `Lists the ${resource.many} that the caller may see, by ${resource.sortBy}`,
    contract: `${resource.contract}, lists`,
    roles: resource.readers,
    input: { ...noInput, query: listQueryOf(resource.filters).list },
    status: 200,
    output: listOf(resource.wire),
    cost: { reads: (rows) => Math.max(1, rows) + 1, writes: 0 },
    sample: { as: 'SuperAdmin', given: resource.samples.given, query: { limit: '5' } },
    handle: async ({ input: { query }, actor, store }) => {
      const { limit, cursor, q } = query;
      const anyOf = visible(resource, query, actor);
      const { rows, page } = await readPage(store, { anyOf }, { limit, cursor });
      const found = rows.filter(({ data }) => matches(resource, q, data));
      return { result: found.map(({ data }) => toWire(resource, data)), page };
    },
  });

const getOne = <G extends object, D extends Stored>(resource: Resource<G, D>): Endpoint =>
  cgs.endpoint({
    method: 'get',
    path: `${resource.path}/:id`,
    summary: `Answers one of the ${resource.many}`,
    contract: `${resource.contract} 2`,
    roles: resource.readers,
    input: { ...noInput, params: byId },
    status: 200,
    output: resultOf(resource.wire),
    cost: { reads: 2, writes: 0 },
    sample: { as: 'NOC', given: resource.samples.given },
    loads: ({ params }) => [resource.collection.doc(params.id)],
    handle: async ({ input: { params }, reads, actor }) => {
      const seen = reads.get(resource.collection.doc(params.id));
      if (seen === undefined || !maySee(resource, seen.data, actor)) {
        return refuse('resource/not-found');
      }
      return { result: toWire(resource, seen.data) };
    },
  });

interface Gathered {
  readonly reads: Reads;
  /** Why what uses the record forbids the change. */
  readonly used: Problem | undefined;
}

type Revision = Pick<GatheredSituation<Person, Gathered>, 'gathered' | 'now'>;

/** A change under way: what it reads besides the record, and what it then comes to. */
const revising = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
  store: Store,
  id: string,
  patch: object,
) => {
  const key = resource.collection.doc(id);
  /** What is left out stays as it is embedded: only what is sent is looked up. */
  const namedIn = (given: G): readonly Reference[] =>
    (resource.references?.(given) ?? []).filter(({ field }) => field in patch);
  const gather = async (reads: Reads): Promise<Gathered> => {
    const seen = reads.get(key);
    const merged = seen === undefined ? undefined : merge(resource, seen.data, patch);
    if (seen === undefined || merged === undefined || 'errors' in merged) {
      return { reads, used: undefined };
    }
    const isMoved = (resource.fixedInUse ?? []).some(
      (field) => fieldOf(seen.data, field) !== fieldOf(merged.given, field),
    );
    const used = isMoved ? await inUse(store, id, resource.usedBy) : undefined;
    const named = namedIn(merged.given);
    const words = lookupKeys(named);
    const targets = targetKeys(named, await store.load(words, reads));
    const keys = [...uniqueKeys(resource, merged.given), ...words, ...targets];
    return { reads: await store.load(keys, reads), used };
  };
  const decide = ({ gathered: { reads, used }, now }: Revision) => {
    const before = reads.get(key);
    if (before === undefined) return refuse('resource/not-found');
    const merged = merge(resource, before.data, patch);
    if ('errors' in merged) return invalid(merged.errors);
    if (used !== undefined) return used;
    const links = follow(namedIn(merged.given), reads, now);
    const settled = settle(resource, merged.given, { id, before, now, links, reads });
    if (!('data' in settled)) return refusalOf(settled);
    return {
      writes: [...settled.writes, ...settled.touches],
      answer: { result: toWire(resource, settled.data) },
    };
  };
  return { gather, decide };
};

const updateOne = <G extends object, D extends Stored>(resource: Resource<G, D>): Endpoint =>
  cgs.endpoint({
    method: 'put',
    path: `${resource.path}/:id`,
    summary: `Changes one of the ${resource.many}; what is left out stays as it is`,
    contract: `${resource.contract} 3`,
    roles: WRITERS,
    input: { ...noInput, params: byId, body: resource.patch },
    status: 200,
    output: resultOf(resource.wire),
    cost: resource.samples.costs.update,
    sample: { as: 'SuperAdmin', given: resource.samples.given, body: resource.samples.patch },
    loads: ({ params }) => [resource.collection.doc(params.id)],
    handle: ({ input: { params, body }, store, change }) => {
      return change(revising(resource, store, params.id, body));
    },
  });

const removeOne = <G extends object, D extends Stored>(resource: Resource<G, D>): Endpoint =>
  cgs.endpoint({
    method: 'delete',
    path: `${resource.path}/:id`,
    summary: `Deletes one of the ${resource.many} that nothing uses`,
    contract: `${resource.contract} 4`,
    roles: WRITERS,
    input: { ...noInput, params: byId },
    status: 200,
    output: resultOf(resource.wire),
    cost: resource.samples.costs.remove,
    sample: { as: 'SuperAdmin', given: resource.samples.given },
    loads: ({ params }) => [resource.collection.doc(params.id)],
    handle: ({ input: { params }, store, change }) => {
      const key = resource.collection.doc(params.id);
      return change({
        // After the record was read: whoever takes it into use from now on moves it.
        gather: async (reads) => {
          const seen = reads.get(key);
          return {
            used: seen === undefined ? undefined : await inUse(store, seen.id, resource.usedBy),
          };
        },
        decide: ({ reads, gathered: { used } }) => {
          const seen = reads.get(key);
          if (seen === undefined) return refuse('resource/not-found');
          if (used !== undefined) return used;
          const had = uniquesOf(resource, seen.data);
          return {
            writes: [resource.collection.remove(seen), ...claimWrites(reads, seen.id, had, [])],
            answer: { result: toWire(resource, seen.data) },
          };
        },
      });
    },
  });

/** One kind of master data, its types sealed but for the document's. */
export interface MasterData<D extends Stored> {
  readonly endpoints: readonly Endpoint[];
  /** The writes of a record that is known to be new and right, such as demo data. */
  readonly creation: (data: D) => readonly Write[];
}

/** All that one kind of master data has. */
export const masterData = <G extends object, D extends Stored>(
  resource: Resource<G, D>,
): MasterData<D> => ({
  endpoints: [
    createOne(resource),
    listAll(resource),
    getOne(resource),
    updateOne(resource),
    removeOne(resource),
    importRecords(resource),
    exportRecords(resource),
  ],
  creation: (data) => creation(resource, data),
});
