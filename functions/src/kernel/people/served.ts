import type { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import type { EndpointSpec } from '../http/desk.ts';
import type { Endpoint, Sample } from '../http/endpoint.ts';
import type { AnswerStyle } from '../http/answer-style.ts';
import type { Declaration } from './declaration.ts';

/** The part of `defineDesk`'s result that this kit needs. */
export interface DeskKit<A, Role extends string> {
  readonly endpoint: <P, Q, B, O extends z.ZodType>(
    spec: EndpointSpec<A, P, Q, B, O, never> & { readonly roles: readonly Role[] },
  ) => Endpoint;
}

/** An endpoint without the fields that all of this kit have in common. */
type PeopleEndpoint<A, P, Q, B, O extends z.ZodType> = Omit<
  EndpointSpec<A, P, Q, B, O, never>,
  'contract' | 'sample'
> & { readonly sample: Partial<Omit<Sample, 'as'>> };

/** A declaration at its desk, from which the endpoints are made. */
export interface Served<A, Role extends string, S extends z.ZodObject, D extends Grant> {
  readonly declared: Declaration<A, Role, S, D>;
  readonly style: AnswerStyle;
  readonly wire: z.ZodObject;
  readonly endpoint: <P, Q, B, O extends z.ZodType>(
    spec: PeopleEndpoint<A, P, Q, B, O>,
  ) => Endpoint;
}
