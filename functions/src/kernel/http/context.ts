import type { Principal } from '../auth/principal.ts';
import { Problem } from '../problem.ts';
import type { Gather } from '../store/change.ts';
import type { Counter } from '../store/group-commit.ts';
import type {
  ChangeRequest,
  Context,
  Decide,
  DecideNumbered,
  Exchange,
  GatheredSituation,
  NumberedChangeRequest,
  Situation,
} from './endpoint.ts';

type ActorOf<A> = (principal: Principal | undefined) => A;

const nothing = async (): Promise<undefined> => undefined;

type Plain<A, D> = { readonly decide: (situation: Situation<A>) => D };
type Gathering<A, G, D> = {
  readonly gather: Gather<G>;
  readonly decide: (situation: GatheredSituation<A, G>) => D;
};

const gatherOf = <A, D>(spec: Plain<A, D> | Gathering<A, unknown, D>): Gather<unknown> =>
  'gather' in spec ? spec.gather : nothing;

const decideWith = <A, D>(
  spec: Plain<A, D> | Gathering<A, unknown, D>,
  actorOf: ActorOf<A>,
  situation: GatheredSituation<Principal | undefined, unknown>,
): D => spec.decide({ ...situation, actor: actorOf(situation.actor) });

const changeOf = <A>(exchange: Exchange, actorOf: ActorOf<A>): ChangeRequest<A> => {
  function change<T>(spec: { decide: Decide<Situation<A>, T> }): Promise<T | Problem>;
  function change<T, G>(spec: {
    gather: Gather<G>;
    decide: Decide<GatheredSituation<A, G>, T>;
  }): Promise<T | Problem>;
  function change<T>(
    spec:
      | { decide: Decide<Situation<A>, T> }
      | { gather: Gather<unknown>; decide: Decide<GatheredSituation<A, unknown>, T> },
  ): Promise<T | Problem> {
    return exchange.change<T, unknown>(gatherOf(spec), (situation) => {
      const plan = decideWith(spec, actorOf, situation);
      return plan instanceof Problem ? { kind: 'stop', value: plan } : { kind: 'write', plan };
    });
  }
  return change;
};

const changeNumberedOf = <A>(exchange: Exchange, actorOf: ActorOf<A>): NumberedChangeRequest<A> => {
  type Numbered<S> = { readonly counter: (now: Date) => Counter; readonly decide: S };
  function change<T>(spec: Numbered<DecideNumbered<Situation<A>, T>>): Promise<T | Problem>;
  function change<T, G>(
    spec: { gather: Gather<G> } & Numbered<DecideNumbered<GatheredSituation<A, G>, T>>,
  ): Promise<T | Problem>;
  function change<T>(
    spec:
      | Numbered<DecideNumbered<Situation<A>, T>>
      | ({ gather: Gather<unknown> } & Numbered<DecideNumbered<GatheredSituation<A, unknown>, T>>),
  ): Promise<T | Problem> {
    return exchange.change<T, unknown>(gatherOf(spec), (situation) => {
      const plan = decideWith(spec, actorOf, situation);
      return plan instanceof Problem
        ? { kind: 'stop', value: plan }
        : { kind: 'number', counter: spec.counter(situation.now), plan };
    });
  }
  return change;
};

/** The exchange as a handler of the desk sees it: with the actor, in every decision as well. */
export const contextOf = <A, In>(
  exchange: Exchange,
  actorOf: ActorOf<A>,
  input: In,
): Context<A, In> => ({
  ...exchange,
  actor: actorOf(exchange.principal),
  input,
  change: changeOf(exchange, actorOf),
  changeNumbered: changeNumberedOf(exchange, actorOf),
});
