import type { z } from 'zod';
import type { Grant } from '../auth/grant.ts';
import type { SignedIn } from '../auth/sign-in.ts';
import type { AnswerStyle } from '../http/answer-style.ts';

/** How a login answers, with the envelope of the desk's records but not that of its responses. */
export interface LoginForm {
  readonly contract: string;
  /** For OpenAPI. */
  readonly returns: string;
  readonly schema: z.ZodType;
  readonly of: (signedIn: SignedIn) => unknown;
  /** Claims of the custom token, for the apps only: the security rules do not read them. */
  readonly claimsOf: (person: Grant) => object;
}

/** How a logout answers. */
export interface LogoutForm {
  readonly contract: string;
  readonly methods: readonly ('get' | 'post')[];
  readonly schema: z.ZodType;
  readonly of: () => unknown;
}

/** The format of a desk's answers to people about themselves. */
export interface IdentityStyle extends AnswerStyle {
  /** An answer without data; `what` is in the past tense: `Session ended`. */
  readonly done: {
    readonly schema: z.ZodType;
    readonly of: (what: string) => unknown;
  };
  /** What the desk's contract asks of its login; by default both tokens and the session's end. */
  readonly login?: LoginForm;
  /** By default a POST that is answered as `done`. */
  readonly logout?: LogoutForm;
}
