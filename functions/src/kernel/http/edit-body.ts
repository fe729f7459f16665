import { isDeepStrictEqual } from 'node:util';
import { z } from 'zod';
import { fieldOf } from '../store/page.ts';
import { invalid, type Problem } from '../problem.ts';

type Shaped = { readonly shape: object };

/** The fields of the wire's schema that a request can't change, each optional. */
const readOnlyShape = ({ shape }: Shaped, wire: z.ZodObject): z.core.$ZodShape =>
  Object.fromEntries(
    Object.entries(wire.shape)
      .filter(([name]) => !(name in shape))
      .map(([name, schema]) => [name, z.optional(schema)]),
  );

/**
 * The body of a `PUT`, which may also be the object as it was read, changed or not: `sent` has its
 * read-only fields as well, to be checked with `readOnlyChanges`.
 */
export const editBody = <S extends z.core.$ZodShape>(body: z.ZodObject<S>, wire: z.ZodObject) => {
  const own = z.object(body.shape);
  return z
    .strictObject({ ...readOnlyShape(body, wire), ...body.shape })
    .transform((sent) => ({ sent, asked: own.parse(sent) }));
};

/** The same with the fields side by side, for a body whose types are sealed. */
export const sealedEditBody = (body: z.ZodType<object> & Shaped, wire: z.ZodType) =>
  body instanceof z.ZodObject && wire instanceof z.ZodObject
    ? body.safeExtend(readOnlyShape(body, wire))
    : body;

/**
 * 400 that names each read-only field which a request would change.
 *
 * @param present the object as it is now, on the wire
 */
export const readOnlyChanges = (
  sent: object,
  { shape }: Shaped,
  present: object,
): Problem | undefined => {
  const errors = Object.entries(sent)
    .filter(
      ([name, value]) => !(name in shape) && !isDeepStrictEqual(value, fieldOf(present, name)),
    )
    .map(([path]) => ({ path, message: 'This field can not be changed here.' }));
  return errors.length === 0 ? undefined : invalid(errors);
};
