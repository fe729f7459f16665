/** A refusal, as the pure rules of a desk return it instead of a write. */
export interface Refused<R extends string = string> {
  readonly ok: false;
  readonly refusal: R;
  /** The wrong field of the request, if there is one. */
  readonly field?: string;
  /** What is wrong with the field; the refusal's own message unless given. */
  readonly message?: string;
  /** More for the caller to know, when no field is wrong. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What the rules of a desk decide: the whole write, or a refusal. */
export type Decision<Write, R extends string = string> =
  | ({ readonly ok: true } & Readonly<Write>)
  | Refused<R>;

export const refuse = <R extends string>(
  refusal: R,
  about: Pick<Refused, 'field' | 'message' | 'details'> = {},
): Refused<R> => ({ ok: false, refusal, ...about });
