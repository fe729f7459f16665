import type { z } from 'zod';
import type { Principal } from '../auth/principal.ts';
import type { DeskSettings, EndpointSpec } from '../http/desk.ts';
import type { Context, Endpoint, Input, Sample } from '../http/endpoint.ts';
import { type Problem, type Refusals, refuse } from '../problem.ts';
import type { IdentityStyle } from './style.ts';

/** The part of `defineDesk`'s result from which a desk's kit is made. */
export interface IdentityDesk<A, Role extends string> {
  readonly settings: Pick<DeskSettings<A, Role, Refusals>, 'name' | 'roles' | 'access' | 'roleOf'>;
  readonly endpoint: <P, Q, B, O extends z.ZodType>(
    spec: EndpointSpec<A, P, Q, B, O, never> & { readonly roles: readonly Role[] },
  ) => Endpoint;
  readonly publicEndpoint: <P, Q, B, O extends z.ZodType>(
    spec: EndpointSpec<undefined, P, Q, B, O, never>,
  ) => Endpoint;
}

/** What no contract asks for. */
export const ADDITION = 'none, our addition';

type Own<A, P, Q, B, O extends z.ZodType> = Omit<
  EndpointSpec<A, P, Q, B, O, never>,
  'contract' | 'sample' | 'handle'
> & {
  readonly sample: Omit<Sample, 'as'>;
  readonly handle: (
    context: Context<A, Input<P, Q, B>> & { readonly principal: Principal },
  ) => Promise<z.input<O> | Problem>;
};

/** A desk with its style, from which its endpoints about oneself are made. */
export interface Served<A, S = IdentityStyle> {
  readonly style: S;
  readonly settings: IdentityDesk<A, string>['settings'];
  /** An endpoint for everybody who has access to the desk. */
  readonly own: <P, Q, B, O extends z.ZodType>(spec: Own<A, P, Q, B, O>) => Endpoint;
  readonly publicEndpoint: IdentityDesk<A, string>['publicEndpoint'];
}

export const serve = <A, Role extends string, S>(
  { settings, endpoint, publicEndpoint }: IdentityDesk<A, Role>,
  style: S,
): Served<A, S> => ({
  style,
  settings,
  own: ({ sample, handle, ...spec }) =>
    endpoint({
      ...spec,
      contract: ADDITION,
      roles: settings.roles,
      sample: { ...sample, as: settings.roles[0] ?? '' },
      handle: async (context) => {
        const { principal } = context;
        return principal === undefined
          ? refuse('auth/required')
          : handle({ ...context, principal });
      },
    }),
  publicEndpoint,
});
