import type { Request, Response } from 'express';
import { type Credential, credentialOf } from '../auth/principal.ts';
import { Problem, refuse } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { DocKey } from '../store/document.ts';
import type { Store } from '../store/store.ts';
import type { Desk } from './desk.ts';
import { type Endpoint, isChange, type Prepared, type Services } from './endpoint.ts';
import { isFromForeignOrigin } from './foreign-origin.ts';
import { type IdempotentRequest, idempotentRequestOf } from './idempotency.ts';

/** The part of express that a handler may use. */
type Connection = Pick<Services, 'origin' | 'setCookie' | 'setHeader'>;

/** A request whose input is in order. */
export interface Parsed extends Prepared {
  /** Undefined without an `Idempotency-Key`. */
  readonly idempotent: IdempotentRequest | undefined;
}

/** One request: what is asked, by whom, and which documents must be read for it. */
export interface Call {
  readonly runtime: Runtime;
  /** With a meter of its own. */
  readonly store: Store;
  readonly desk: Desk;
  readonly endpoint: Endpoint;
  readonly credential: Credential;
  readonly parsed: Parsed | Problem;
  /** The credential's document, the stored response, and what the endpoint declares. */
  readonly keys: readonly DocKey<unknown>[];
  readonly connection: Connection;
  readonly body: unknown;
}

/** Undefined for a request that nobody need be known for. */
const idempotentOf = (
  desk: Desk,
  { method, roles }: Endpoint,
  req: Request,
  credential: Credential,
  input: unknown,
): IdempotentRequest | Problem | undefined => {
  const header = method === 'post' ? req.header('idempotency-key') : undefined;
  if (header === undefined || credential.kind === 'none' || roles === 'public') return undefined;
  const route = `${desk.name} ${req.baseUrl}${req.path}`;
  return idempotentRequestOf(header, credential.uid, route, input);
};

const parse = (
  { config }: Runtime,
  desk: Desk,
  endpoint: Endpoint,
  req: Request,
  credential: Credential,
): Parsed | Problem => {
  const mayBeForged = isChange(endpoint) && credential.kind === 'cookie';
  if (mayBeForged && isFromForeignOrigin(req, config.allowedOrigins)) {
    return refuse('auth/foreign-origin');
  }
  const { params, query, body } = req;
  const prepared = endpoint.prepare({ params, query, body });
  if (prepared instanceof Problem) return prepared;
  const idempotent = idempotentOf(desk, endpoint, req, credential, prepared.input);
  return idempotent instanceof Problem ? idempotent : { ...prepared, idempotent };
};

const connectionOf = (req: Request, res: Response): Connection => ({
  origin: { address: req.ip ?? '', agent: req.get('user-agent') ?? '' },
  setCookie: ({ name, value, options }) => res.cookie(name, value, options),
  setHeader: (name, value) => res.set(name, value),
});

/** Receives a request: reads its credential, parses its input, lists the documents that it needs. */
export const receive = async (
  runtime: Runtime,
  desk: Desk,
  endpoint: Endpoint,
  req: Request,
  res: Response,
): Promise<Call> => {
  const credential = await credentialOf(req.headers, runtime.accounts);
  const parsed = parse(runtime, desk, endpoint, req, credential);
  const store = runtime.store.metered();
  const isPublic = endpoint.roles === 'public';
  // Nothing is read for somebody who must sign in first.
  const isUnknown = credential.kind === 'none' && !isPublic;
  const keys = [
    ...(credential.kind === 'none' || isPublic ? [] : [credential.key]),
    ...(parsed instanceof Problem || !parsed.idempotent ? [] : [parsed.idempotent.key]),
    ...(parsed instanceof Problem || isUnknown ? [] : parsed.keys),
  ];
  const { body } = req;
  const asked = { desk, endpoint, credential, parsed, keys, body };
  return { ...asked, runtime, store, connection: connectionOf(req, res) };
};
