/** Why something is not done: what the pure rules of a desk return in place of a write. */
export interface Refused<R extends string = string> {
  readonly ok: false;
  readonly refusal: R;
  /** The field of the request that is wrong, where it is one. */
  readonly field?: string;
  /** What is wrong with the field, where that says more than the refusal's own message. */
  readonly message?: string;
  /** What else the caller needs to know, where no field is wrong. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** What the rules of a desk decide: everything that is written, or why nothing is. */
export type Decision<Write, R extends string = string> =
  | ({ readonly ok: true } & Readonly<Write>)
  | Refused<R>;

/** Makes a refusal. */
export const refuse = <R extends string>(
  refusal: R,
  about: Pick<Refused, 'field' | 'message' | 'details'> = {},
): Refused<R> => ({ ok: false, refusal, ...about });
