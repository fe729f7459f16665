import type { Request, Response } from 'express';
import {
  type Credential,
  credentialOf,
  type Principal,
  principalOf,
  sessionTokenOf,
} from '../auth/principal.ts';
import { Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { DocKey, Reads } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import type { Endpoint, Prepared, Services } from './endpoint.ts';
import {
  type IdempotentRequest,
  idempotentRequestOf,
  type StoredResponse,
  storedResponseOf,
} from './idempotency.ts';

/** What of express a handler may use. */
type Connection = Pick<Services, 'address' | 'sessionToken' | 'setCookie' | 'setHeader'>;

/** A request whose input is in order. */
interface Parsed extends Prepared {
  /** Undefined without an `Idempotency-Key`. */
  readonly idempotent: IdempotentRequest | undefined;
}

/** One request under way: what was asked, by whom, and what must be read to answer it. */
export interface Call {
  readonly runtime: Runtime;
  /** With a bill of its own. */
  readonly store: Store;
  readonly desk: Desk;
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly parsed: Parsed | Problem;
  /** The credential's document, the stored response, and what the endpoint declares. */
  readonly keys: readonly DocKey<unknown>[];
  readonly connection: Connection;
}

/** Who may go on, or what ends the request here. */
export type Admission =
  | {
      readonly kind: 'admitted';
      readonly principal: Principal | undefined;
      readonly parsed: Parsed;
    }
  | { readonly kind: 'refused'; readonly problem: Problem }
  | { readonly kind: 'repeated'; readonly response: StoredResponse };

const authenticate = async (
  { accounts }: Runtime,
  desk: Desk,
  { roles }: Endpoint,
  { headers }: Request,
): Promise<Credential> =>
  roles === 'public' ? { kind: 'none' } : credentialOf(headers, accounts, desk.accepts);

const parse = (
  desk: Desk,
  endpoint: Endpoint,
  req: Request,
  credential: Credential,
): Parsed | Problem => {
  const { params, query, body } = req;
  const prepared = endpoint.prepare({ params, query, body });
  const header = endpoint.method === 'post' ? req.header('idempotency-key') : undefined;
  if (prepared instanceof Problem) return prepared;
  if (header === undefined || credential.kind === 'none') {
    return { ...prepared, idempotent: undefined };
  }
  const route = `${desk.name} ${req.baseUrl}${req.path}`;
  const idempotent = idempotentRequestOf(header, credential.uid, route, prepared.input);
  return idempotent instanceof Problem ? idempotent : { ...prepared, idempotent };
};

const connectionOf = (req: Request, res: Response): Connection => ({
  address: req.ip ?? '',
  sessionToken: sessionTokenOf(req.headers),
  setCookie: ({ name, value, options }) => res.cookie(name, value, options),
  setHeader: (name, value) => res.set(name, value),
});

/** Takes a request in: whose it claims to be, whether its input is in order, what it needs read. */
export const receive = async (
  runtime: Runtime,
  desk: Desk,
  endpoint: Endpoint,
  req: Request,
  res: Response,
): Promise<Call> => {
  const credential = await authenticate(runtime, desk, endpoint, req);
  const parsed = parse(desk, endpoint, req, credential);
  const store = runtime.store.metered();
  const keys = [
    ...(credential.kind === 'none' ? [] : [credential.key]),
    ...(parsed instanceof Problem || !parsed.idempotent ? [] : [parsed.idempotent.key]),
    ...(parsed instanceof Problem ? [] : parsed.keys),
  ];
  const connection = connectionOf(req, res);
  return { runtime, store, desk, endpoint, credential, parsed, keys, connection };
};

const refused = (problem: Problem): Admission => ({ kind: 'refused', problem });

/**
 * Checks what was read against who may go on: 401, 403, 400, 422, or the response of an earlier
 * request with the same key. Every attempt of a change is admitted anew.
 */
export const admit = (call: Call, reads: Reads, now: Date): Admission => {
  const { endpoint, credential, parsed } = call;
  const principal = endpoint.roles === 'public' ? undefined : principalOf(credential, reads, now);
  if (principal instanceof Problem) return refused(principal);
  const problem = endpoint.admit(principal);
  if (problem !== undefined) return refused(problem);
  if (parsed instanceof Problem) return refused(parsed);
  const { idempotent } = parsed;
  const stored = idempotent && storedResponseOf(idempotent, reads.get(idempotent.key), now);
  if (stored instanceof Problem) return refused(stored);
  return stored === undefined
    ? { kind: 'admitted', principal, parsed }
    : { kind: 'repeated', response: stored };
};
