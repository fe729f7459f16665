import { type Context, type Endpoint, type GatheredSituation, noInput } from '../http/endpoint.ts';
import { readOnlyChanges } from '../http/edit-body.ts';
import { Problem } from '../problem.ts';
import type { Reads } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import type { Store } from '../store/store.ts';
import { reservationWrites } from '../store/unique.ts';
import { archiving } from './archive.ts';
import { costsOf } from './costs.ts';
import type { Stored } from './declaration.ts';
import type { Draft } from './kind.ts';
import { isWithin } from './reach.ts';
import { seenBy } from './read-endpoints.ts';
import { lookupKeys, targetKeys, unknownError } from './references.ts';
import { reservationKeys, planRecord, type Planning, uniquesOf } from './plan-record.ts';
import type { Served } from './served.ts';
import type { Envelope } from './style.ts';
import { usersOf } from './usage.ts';

/** First of two steps: who has the values and names of a draft. */
const draftKeys = <A, D extends Stored>(
  { kind }: Served<A, D>,
  draft: Draft<D>,
  isNew: boolean,
) => [...reservationKeys(kind, draft.given, isNew), ...lookupKeys(draft.references)];

/** Second step: the records themselves. */
const readTargets = <D extends Stored>(store: Store, draft: Draft<D>, reads: Reads) =>
  store.load(targetKeys(draft.references, reads), reads);

/**
 * The plan for a record under its id, or why it can't be so. Nobody makes a record that they may
 * not see: what it refers to is then unknown to them.
 */
const planOf = <A, D extends Stored>(
  { kind, refuse }: Served<A, D>,
  draft: Draft<D>,
  { actor, id, ...planning }: Planning<D> & { readonly actor: A; readonly id: D['id'] },
  envelope: Envelope,
) => {
  const planned = planRecord(kind, draft, id, planning);
  if ('errors' in planned) return refuse(planned.reason, planned.errors);
  if (!isWithin(kind.reach, actor, planned(id).data)) {
    return refuse('unknown', draft.references.map(unknownError));
  }
  return (its: D['id']) => {
    const { data, writes } = planned(its);
    return { writes, answer: envelope.of(kind.toWire(data), kind.one) };
  };
};

const creating = <A, D extends Stored>(
  served: Served<A, D>,
  envelope: Envelope,
  {
    input: { body },
    runtime,
    store,
    change,
    changeNumbered,
  }: Context<A, { readonly body: object }>,
) => {
  const { ids, place, beside, ...kind } = served.kind;
  const draft = kind.draft(body, undefined);
  if ('errors' in draft) return served.refuse('invalid', draft.errors);
  const idOf = ids.issue(runtime.newId);
  const gather = (reads: Reads) => readTargets(store, draft, reads);
  const decide = ({ reads, gathered, actor, now }: GatheredSituation<A, Reads>) => {
    const misplaced = place?.refuse(actor, body);
    if (misplaced !== undefined) return misplaced;
    const planning = { before: undefined, now, reads: gathered, actor, id: idOf(1) };
    const plan = planOf(served, draft, planning, envelope);
    if (plan instanceof Problem) return plan;
    return (n: number) => {
      const { writes, answer } = plan(idOf(n));
      return { writes: [...writes, ...(beside?.writes(reads, now) ?? [])], answer };
    };
  };
  if (ids.counter !== undefined) return changeNumbered({ counter: ids.counter, gather, decide });
  return change({
    gather,
    decide: (situation: GatheredSituation<A, Reads>) => {
      const plan = decide(situation);
      return plan instanceof Problem ? plan : plan(1);
    },
  });
};

/** Adds a record under a new id. */
export const createOne = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style } = served;
  const { beside, samples } = kind;
  const envelope = style.create ?? style.get;
  return served.endpoint('create', ['unknown', 'taken'], {
    method: 'post',
    path: kind.path,
    summary: `Adds a new ${kind.one}`,
    input: { ...noInput, body: kind.post },
    status: 201,
    output: envelope.schema(kind.wire),
    cost: costsOf(kind).create,
    sample: { given: samples.free, body: samples.body },
    loads: ({ body }) => {
      const draft = kind.draft(body, undefined);
      const own = 'errors' in draft ? [] : draftKeys(served, draft, true);
      return [...own, ...(beside?.keys ?? [])];
    },
    handle: async (context) => creating(served, envelope, context),
  });
};

/** What a change of a record comes to, and what it depends on beside the record. */
const gatherUpdate = async <A, D extends Stored>(
  served: Served<A, D>,
  store: Store,
  before: D,
  sent: object,
  reads: Reads,
) => {
  const { kind, refuse } = served;
  const draft = kind.draft(sent, before);
  if ('errors' in draft) return refuse('invalid', draft.errors);
  const isMoved = kind.fixedInUse?.some((field) => before[field] !== fieldOf(draft.given, field));
  const users = isMoved === true ? await usersOf(store, kind, before) : undefined;
  if (users !== undefined) return refuse('inUse', users);
  const looked = await store.load(draftKeys(served, draft, false), reads);
  return { draft, reads: await readTargets(store, draft, looked) };
};

/** Changes a record; what is left out stays as it is. */
export const updateOne = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style, refuse } = served;
  const envelope = style.update ?? style.get;
  return served.endpoint('update', ['notFound', 'unknown', 'taken', 'inUse'], {
    method: 'put',
    path: `${kind.path}/:id`,
    summary: `Changes one ${kind.one}; what is left out stays as it is`,
    input: { ...noInput, params: kind.ids.params, body: kind.put },
    status: 200,
    output: envelope.schema(kind.wire),
    cost: costsOf(kind).update,
    sample: { given: kind.samples.given, body: kind.samples.patch },
    loads: ({ params }) => [kind.collection.doc(params.id)],
    handle: ({ input: { params, body }, actor: caller, store, change }) => {
      const asked = Object.fromEntries(
        Object.entries(body).filter(([name]) => name in kind.patch.shape),
      );
      return change({
        gather: async (reads) => {
          const before = seenBy(served, reads, params.id, caller)?.data;
          return before && gatherUpdate(served, store, before, asked, reads);
        },
        decide: ({ reads, gathered, actor, now }) => {
          const before = seenBy(served, reads, params.id, actor);
          if (before === undefined || gathered === undefined) return refuse('notFound');
          const changed = readOnlyChanges(body, kind.patch, kind.toWire(before.data));
          if (changed !== undefined) return changed;
          if (gathered instanceof Problem) return gathered;
          const { id } = before.data;
          const planning = { before, now, reads: gathered.reads, actor, id };
          const plan = planOf(served, gathered.draft, planning, envelope);
          return plan instanceof Problem ? plan : plan(id);
        },
      });
    },
  });
};

/**
 * Deletes a record that nothing uses. What was being created meanwhile may have seen it, so it is
 * archived until the clock finds that nothing refers to it.
 */
export const removeOne = <A, D extends Stored>(served: Served<A, D>): Endpoint => {
  const { kind, style, refuse } = served;
  const envelope = style.remove ?? style.get;
  return served.endpoint('remove', ['notFound', 'inUse', 'builtIn'], {
    method: 'delete',
    path: `${kind.path}/:id`,
    summary: `Deletes one ${kind.one} that nothing uses`,
    input: { ...noInput, params: kind.ids.params },
    status: 200,
    output: envelope.schema(kind.wire),
    cost: costsOf(kind).remove,
    sample: { given: kind.samples.given },
    loads: ({ params }) => [kind.collection.doc(params.id)],
    handle: ({ input: { params }, actor: caller, store, change }) =>
      change({
        gather: async (reads) => {
          const seen = seenBy(served, reads, params.id, caller);
          return seen && usersOf(store, kind, seen.data);
        },
        decide: ({ reads, gathered: users, actor, now }) => {
          const seen = seenBy(served, reads, params.id, actor);
          if (seen === undefined) return refuse('notFound');
          if (kind.builtIn?.some(({ id }) => id === seen.data.id)) return refuse('builtIn');
          if (users !== undefined) return refuse('inUse', users);
          const reservations = reservationWrites(reads, seen.id, uniquesOf(kind, seen.data), []);
          return {
            writes: [...archiving(kind.collection, seen, now), ...reservations],
            answer: envelope.of(kind.toWire(seen.data), kind.one),
          };
        },
      }),
  });
};
