import type { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import type { Endpoint } from '../http/endpoint.ts';
import type { AnswerStyle } from '../http/answer-style.ts';
import type { Declaration } from './declaration.ts';
import { getPerson, listPeople } from './read-endpoints.ts';
import type { DeskKit, Served } from './served.ts';
import { personWire } from './wire.ts';
import { registerOne, updateOne, withdrawOne } from './write-endpoints.ts';

/** Makes the endpoints by which a desk's administrators run its people. */
export const peopleEndpoints = <A, Role extends string, S extends z.ZodObject, D extends Grant>(
  kit: DeskKit<A, Role>,
  style: AnswerStyle,
  declared: Declaration<A, Role, S, D>,
): readonly Endpoint[] => {
  const served: Served<A, Role, S, D> = {
    declared,
    style,
    wire: personWire(declared.access),
    endpoint: ({ sample, ...spec }) =>
      kit.endpoint({
        ...spec,
        contract: 'Common to all four, people',
        roles: declared.roles,
        sample: { as: declared.samples.as, ...sample },
      }),
  };
  return [listPeople, registerOne, getPerson, updateOne, withdrawOne].map((make) => make(served));
};
