import { z } from 'zod';
import type { Refused } from './decision.ts';

/**
 * What may go wrong before a desk's own rules run: a stable code, its HTTP status, and a sentence
 * that tells the caller what to do. Each desk has a table of the same form.
 */
export const KERNEL_REFUSALS = {
  'request/malformed': {
    status: 400,
    message: 'The body can not be read: send valid JSON in UTF-8.',
  },
  'request/invalid': { status: 400, message: 'Some fields are missing or wrong; see the details.' },
  'request/idempotency-key-invalid': {
    status: 400,
    message: 'Idempotency-Key must have 1 to 255 printable characters.',
  },
  'auth/reset-code-expired': {
    status: 400,
    message: 'The link of this mail has expired: ask for another one.',
  },
  'auth/reset-code-invalid': {
    status: 400,
    message: 'The link of this mail was used already, or is not complete: ask for another one.',
  },
  'auth/required': { status: 401, message: 'Sign in first, at the login of this desk.' },
  'auth/wrong-credentials': { status: 401, message: 'The e-mail or the password is wrong.' },
  'auth/no-access': { status: 403, message: 'You have no access to this service.' },
  'auth/second-factor': {
    status: 403,
    message:
      'This account asks for a second factor, which can not be given here; an administrator can remove it.',
  },
  'auth/forbidden': { status: 403, message: 'Your role may not do this.' },
  'auth/foreign-origin': {
    status: 403,
    message: 'Pages of this origin may not use the session cookie: send a bearer token.',
  },
  'request/not-found': { status: 404, message: 'Nothing is served at this path.' },
  'resource/not-found': { status: 404, message: 'There is no such record, or you may not see it.' },
  'person/not-found': {
    status: 404,
    message: 'There is no such person, or not in your reach. Check the id.',
  },
  'person/beyond-you': {
    status: 403,
    message: 'This person may do more than you: somebody with the same rights must do this.',
  },
  'person/self': {
    status: 409,
    message: 'Have another administrator do this to your own account.',
  },
  'person/email-taken': {
    status: 409,
    message: 'Somebody has this e-mail already: choose another, or have a SuperAdmin give access.',
  },
  'person/shared': {
    status: 409,
    message: 'This person has access to other desks too: a SuperAdmin changes their profile.',
  },
  'person/has-tickets': {
    status: 409,
    message: 'This person has tickets in progress: assign them to others first.',
  },
  'access/taken': {
    status: 409,
    message: 'Another person has this number at that desk. Choose another.',
  },
  'media/not-found': {
    status: 404,
    message: 'There is no such photo or film, or you may not see it; a link to it ends soon.',
  },
  'media/unknown': {
    status: 400,
    message: 'Upload the photo or film first, as the same person, and send its path.',
  },
  'media/foreign': {
    status: 400,
    message: 'Files of this host are not accepted: upload the photo or film, and send its path.',
  },
  'media/in-use': {
    status: 409,
    message: 'This photo or film belongs to something else already: upload it again.',
  },
  'media/too-large': { status: 413, message: 'A photo or film may have up to 15 MB.' },
  'media/unsupported': {
    status: 415,
    message: 'Send a JPEG, PNG, WebP or HEIC photo, or an MP4 film; its content decides.',
  },
  'media/too-many': {
    status: 429,
    message: 'You have uploaded too much for one day; wait as long as Retry-After says.',
  },
  'media/unavailable': {
    status: 503,
    message: 'The storage of photos and films does not answer at the moment; try again.',
  },
  'request/method-not-allowed': {
    status: 405,
    message: 'This path does not take that method; see the Allow header.',
  },
  'request/too-large': { status: 413, message: 'The body is over the limit: 1 MB of JSON.' },
  'request/unsupported-media-type': {
    status: 415,
    message: 'Send the body in UTF-8, as application/json unless the path asks for another type.',
  },
  'request/idempotency-key-reused': {
    status: 422,
    message: 'This Idempotency-Key was used with another body; choose a new key.',
  },
  'auth/too-many-attempts': {
    status: 429,
    message: 'Too many failed sign-ins; wait as long as Retry-After says.',
  },
  internal: {
    status: 500,
    message: 'Something failed on our side; quote the request id when you report it.',
  },
  'store/busy': {
    status: 503,
    message: 'Too many people change this record at the moment; try again.',
  },
  'store/unavailable': {
    status: 503,
    message: 'The database does not answer at the moment; try again.',
  },
  'auth/unavailable': {
    status: 503,
    message: 'Firebase Authentication does not answer at the moment; try again.',
  },
} as const satisfies Refusals;

/** A table of refusals: code → HTTP status and message. */
export type Refusals = Readonly<Record<string, { status: number; message: string }>>;

export type KernelRefusal = keyof typeof KERNEL_REFUSALS;

export const isKernelRefusal = (code: string): code is KernelRefusal => code in KERNEL_REFUSALS;

/** A wrong field of a request: its path, and what is expected there. */
export interface FieldError {
  readonly path: string;
  readonly message: string;
}

/**
 * A refusal for the caller. Handlers return it; the code around them may throw it. `code` must be a
 * string: the Firestore SDK takes a number for a status of the server and retries.
 */
export class Problem extends Error {
  readonly code: string;
  readonly status: number;
  readonly details: unknown;
  readonly headers: Readonly<Record<string, string>>;

  constructor(
    code: string,
    refusal: { status: number; message: string },
    details?: unknown,
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(refusal.message);
    this.name = 'Problem';
    this.code = code;
    this.status = refusal.status;
    this.details = details;
    this.headers = headers;
  }
}

/** A refusal that names the field that it is about. */
export const refuseField = (code: KernelRefusal, path: string): Problem =>
  refuse(code, [{ path, message: KERNEL_REFUSALS[code].message }]);

/** A refusal of the kernel's own table. `details` is sent to the caller as it is. */
export const refuse = (
  code: KernelRefusal,
  details?: unknown,
  headers?: Readonly<Record<string, string>>,
): Problem => new Problem(code, KERNEL_REFUSALS[code], details, headers);

/** 400 that names each wrong field. */
export const invalid = (errors: readonly FieldError[]): Problem =>
  refuse('request/invalid', errors);

/** A refusal that tells the caller in how many seconds to try again. */
export const refuseFor = (code: KernelRefusal, seconds: number): Problem =>
  refuse(code, undefined, { 'Retry-After': String(Math.max(1, Math.ceil(seconds))) });

/**
 * Makes a desk's function that turns a refusal of its rules into a problem, by the desk's table. A
 * wrong field is reported as validation reports it.
 */
export const problemsOf =
  <R extends string>(refusals: Readonly<Record<R, { status: number; message: string }>>) =>
  ({ refusal, field, message, details }: Refused<R>): Problem => {
    const known = refusals[refusal];
    const errors = [{ path: field, message: message ?? known.message }];
    return new Problem(refusal, known, field === undefined ? details : errors);
  };

const fieldErrors = z.array(z.object({ path: z.string(), message: z.string() }));

/** What is wrong with each field, by its name; undefined for a refusal without field errors. */
export const errorsByField = ({ details }: Problem): Record<string, string[]> | undefined => {
  const found = fieldErrors.safeParse(details).data;
  if (found === undefined) return undefined;
  const byField = Map.groupBy(found, ({ path }) => path);
  return Object.fromEntries(
    [...byField].map(([path, errors]) => [path, errors.map(({ message }) => message)]),
  );
};

const fieldMessages = z.array(z.tuple([z.string(), z.array(z.string())]));

/**
 * The schema of `errorsByField`. It is not a zod record, since that drops a field named `__proto__`,
 * of which the caller must hear as well.
 */
export const errorsByFieldSchema = z
  .custom<Record<string, string[]>>(
    (value) => fieldMessages.safeParse(Object.entries(Object(value))).success,
  )
  .meta({
    description: 'what is wrong with each field, by its name',
    override: {
      type: 'object',
      additionalProperties: { type: 'array', items: { type: 'string' } },
    },
  });
