import { randomUUID } from 'node:crypto';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import cors from 'cors';
import express, { type Express, type NextFunction, type Request, type Response } from 'express';
import helmet from 'helmet';
import { z } from 'zod';
import { describeError } from '../log.ts';
import { Problem, refuse } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import { readBody } from './body.ts';
import type { Desk } from './desk.ts';
import type { Endpoint } from './endpoint.ts';
import { type ApiResponse, failure } from './response.ts';
import { sendFile } from './send-file.ts';
import { receive } from './receive.ts';
import { serve } from './serve.ts';

const requestIdOf = (res: Response): string => String(res.getHeader('X-Request-Id'));

const send = (res: Response, { status, body, headers = {} }: ApiResponse): void => {
  res.status(status).set({ 'Content-Type': 'application/json', ...headers });
  res.send(JSON.stringify(body));
};

/** Sends a response. Text and files are streamed; a failure in the middle cuts the connection. */
const sendResponse = async (
  req: Request,
  res: Response,
  desk: Desk,
  response: ApiResponse,
): Promise<void> => {
  if (response.file !== undefined) {
    const problem = await sendFile(req, res, response.file);
    return problem && send(res, failure(desk, problem, requestIdOf(res)));
  }
  if (response.text === undefined) return send(res, response);
  res.status(response.status).set(response.headers ?? {});
  await pipeline(Readable.from(response.text), res);
};

/** One log line for each request: its caller, route, status, duration, reads and writes. */
const logRequest = (runtime: Runtime, req: Request, res: Response, fields: object): void => {
  runtime.log.write(res.statusCode >= 500 ? 'ERROR' : 'INFO', 'request', {
    requestId: requestIdOf(res),
    method: req.method,
    status: res.statusCode,
    ...fields,
  });
};

const cut = z.object({ code: z.literal('ERR_STREAM_PREMATURE_CLOSE') });

/** Logs an unexpected error; the caller gets a 500 with the request's id alone. */
const sendInternal = (runtime: Runtime, desk: Desk, res: Response, error: unknown): void => {
  runtime.log.write('ERROR', 'unexpected error', {
    requestId: requestIdOf(res),
    ...describeError(error),
  });
  if (!res.headersSent) send(res, failure(desk, refuse('internal'), requestIdOf(res)));
};

const serveWith =
  (runtime: Runtime, desk: Desk, endpoint: Endpoint) =>
  async (req: Request, res: Response): Promise<void> => {
    const started = performance.now();
    const call = await receive(runtime, desk, endpoint, req, res);
    try {
      await sendResponse(req, res, desk, await serve(call, requestIdOf(res)));
    } catch (error) {
      // A caller who leaves in the middle of a stream, as phones do, is no error.
      if (!cut.safeParse(error).success) sendInternal(runtime, desk, res, error);
    }
    // What is left of a body that was refused: without this, the connection would wait for it.
    req.resume();
    const { reads, writes } = call.store.meter;
    logRequest(runtime, req, res, {
      desk: desk.name,
      route: `${desk.base}${endpoint.path}`,
      uid: 'uid' in call.credential ? call.credential.uid : undefined,
      ms: Math.round(performance.now() - started),
      reads,
      writes,
    });
  };

const methodsOf = (endpoints: readonly Endpoint[]): string => {
  const methods = new Set(endpoints.map(({ method }) => method.toUpperCase()));
  if (methods.has('GET')) methods.add('HEAD');
  return [...methods, 'OPTIONS'].join(', ');
};

/** Sorts `/users/me` before `/users/:id`, so that express tries it first. */
const literalFirst = (one: Endpoint, other: Endpoint): number =>
  one.path.split(':').length - other.path.split(':').length || one.path.localeCompare(other.path);

/** Adds the routes of a desk. A known path refuses other methods and lists its own in `Allow`. */
const route = (app: Express, runtime: Runtime, desk: Desk): void => {
  const byPath = Map.groupBy([...desk.endpoints].sort(literalFirst), ({ path }) => path);
  for (const [path, endpoints] of byPath) {
    const url = `${desk.base}${path}`;
    for (const endpoint of endpoints) {
      app[endpoint.method](url, readBody(endpoint.consumes), serveWith(runtime, desk, endpoint));
    }
    const allow = methodsOf(endpoints);
    app.all(url, (req, res) => {
      res.set('Allow', allow);
      if (req.method === 'OPTIONS') res.status(204).end();
      else send(res, failure(desk, refuse('request/method-not-allowed'), requestIdOf(res)));
      logRequest(runtime, req, res, { route: url });
    });
  }
};

/** The desk that formats the 404 of an unknown path: the one with the longest base that fits. */
const deskOf = (desks: readonly Desk[], path: string): Desk => {
  const [first, ...rest] = desks;
  if (first === undefined) throw new Error('there must be a desk');
  const fits = (desk: Desk) => path === desk.base || path.startsWith(`${desk.base}/`);
  return rest.reduce(
    (best, desk) =>
      fits(desk) && (!fits(best) || desk.base.length > best.base.length) ? desk : best,
    first,
  );
};

const declaredHeaders = ({ headers }: Endpoint): string[] => Object.keys(headers?.shape ?? {});

const corsFor = (origins: readonly string[], desks: readonly Desk[]) =>
  cors({
    origin: [...origins],
    credentials: true,
    maxAge: 600,
    allowedHeaders: ['Authorization', 'Content-Type', 'Idempotency-Key', 'Range'],
    exposedHeaders: [
      'Content-Range',
      'X-Request-Id',
      'Idempotent-Replayed',
      'Retry-After',
      ...new Set(desks.flatMap(({ endpoints }) => endpoints.flatMap(declaredHeaders))),
    ],
    // OPTIONS is answered by the path's route, which knows its methods; unknown paths are 404.
    preflightContinue: true,
  });

/**
 * The headers that tell a browser what to make of a response. Nothing that the API sends is a page:
 * opened as one, it loads nothing, runs nothing, and is in no frame.
 */
const browserHeaders = helmet({
  contentSecurityPolicy: {
    useDefaults: false,
    directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], sandbox: [] },
  },
  xFrameOptions: { action: 'deny' },
});

/** The whole API as an express app: the endpoints of all desks, and one error handler. */
export const createApp = (runtime: Runtime, desks: readonly Desk[]): Express => {
  const app = express();
  const { allowedOrigins, trustedProxies } = runtime.config;
  app
    .disable('x-powered-by')
    .disable('etag')
    .set('trust proxy', [...trustedProxies]);
  app.use((_req, res, next) => {
    // Firebase Hosting drops Set-Cookie from every response that is not marked private.
    res.set({ 'X-Request-Id': randomUUID(), 'Cache-Control': 'private, no-store' });
    next();
  });
  app.use(browserHeaders);
  if (allowedOrigins.length > 0) app.use(corsFor(allowedOrigins, desks));
  for (const desk of desks) route(app, runtime, desk);
  app.use((req: Request, res: Response) => {
    const desk = deskOf(desks, req.path);
    send(res, failure(desk, refuse('request/not-found'), requestIdOf(res)));
    logRequest(runtime, req, res, {});
  });
  // express recognizes an error handler by its four parameters.
  app.use((error: unknown, req: Request, res: Response, _next: NextFunction) => {
    const desk = deskOf(desks, req.path);
    // A path with invalid percent-encoding cannot exist.
    const problem = error instanceof URIError ? refuse('request/not-found') : error;
    if (problem instanceof Problem) send(res, failure(desk, problem, requestIdOf(res)));
    else sendInternal(runtime, desk, res, problem);
    logRequest(runtime, req, res, {});
  });
  return app;
};
