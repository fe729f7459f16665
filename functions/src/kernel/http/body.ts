import { Readable } from 'node:stream';
import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { invalid, Problem, refuse } from '../problem.ts';
import { BodyStream } from './body-stream.ts';
import { type BodyKind, JSON_BODY } from './endpoint.ts';

type Middleware = (req: Request, res: Response, next: NextFunction) => void;

// Cloud Functions has read the body before express sees the request, and leaves its bytes here.
const preRead = z.object({ rawBody: z.instanceof(Buffer) });
const parserError = z.object({ type: z.string() });

const bytesOf = (req: Request, res: Response, read: Middleware): Promise<Buffer> => {
  const early = preRead.safeParse(req);
  if (early.success) return Promise.resolve(early.data.rawBody);
  return new Promise((resolve, reject) => {
    read(req, res, (error: unknown) => {
      if (error !== undefined && error !== null) reject(error);
      else resolve(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    });
  });
};

const problemOf = (error: unknown): Problem => {
  if (error instanceof Problem) return error;
  switch (parserError.safeParse(error).data?.type) {
    case 'entity.too.large':
      return refuse('request/too-large');
    case 'encoding.unsupported':
      return refuse('request/unsupported-media-type');
    default:
      return refuse('request/malformed');
  }
};

const HALF_PAIR = /\\ud[89a-f]/i;

/** Half a surrogate pair is no text: JSON can spell it, but the store can not hold it. */
const assertText = (key: string, value: unknown): unknown => {
  if (!key.isWellFormed() || (typeof value === 'string' && !value.isWellFormed())) {
    throw refuse('request/malformed');
  }
  return value;
};

const DEEPEST = 32;

/** Deeper than anything that is asked for: what walks through a body must not run out of stack. */
const isDeeper = (value: unknown, levels: number): boolean =>
  typeof value === 'object' &&
  value !== null &&
  (levels === 0 || Object.values(value).some((each) => isDeeper(each, levels - 1)));

const decode = (bytes: Buffer, kind: BodyKind): unknown => {
  const body = parse(bytes, kind);
  if (!isDeeper(body, DEEPEST)) return body;
  throw invalid([{ path: 'body', message: `Nest objects and lists at most ${DEEPEST} deep.` }]);
};

const parse = (bytes: Buffer, { type }: BodyKind): unknown => {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    if (type !== JSON_BODY.type) return text;
    return JSON.parse(text, HALF_PAIR.test(text) ? assertText : undefined);
  } catch {
    throw refuse('request/malformed');
  }
};

const isOf = (req: Request, { type }: BodyKind): boolean => {
  const charset = /charset="?([\w-]+)/i.exec(req.header('content-type') ?? '')?.[1];
  const found = req.is([type].flat());
  return (
    [type].flat().includes(String(found)) && (charset === undefined || /^utf-?8$/i.test(charset))
  );
};

/** The body as it arrives. A handler that stops reading it does not close the connection. */
const streamOf = (req: Request, { limit }: BodyKind): BodyStream => {
  const early = preRead.safeParse(req);
  const source = early.success
    ? Readable.from([early.data.rawBody])
    : req.iterator({ destroyOnReturn: false });
  return new BodyStream(source, limit);
};

/** Whether a request names neither a body nor the type of one. */
const hasNoBody = (req: Request): boolean =>
  ['content-type', 'content-length', 'transfer-encoding'].every(
    (name) => (req.header(name) ?? '0') === '0',
  );

const openStream =
  (kind: BodyKind) =>
  (req: Request, _res: Response, next: NextFunction): void => {
    if (hasNoBody(req)) return next();
    if (Number(req.header('content-length')) > kind.limit) return next(refuse('media/too-large'));
    if (!isOf(req, kind)) return next(refuse('request/unsupported-media-type'));
    req.body = streamOf(req, kind);
    next();
  };

/**
 * Reads a body of the given kind: `req.body` is its JSON or its text, undefined where none was
 * sent, or a stream that is not read yet. 400 for what can't be read, 413 over the limit, 415 for
 * another type.
 */
export const readBody = (kind: BodyKind = JSON_BODY) => {
  if (kind.isStream === true) return openStream(kind);
  const read = express.raw({ type: () => true, limit: kind.limit });
  return async (req: Request, res: Response, next: NextFunction): Promise<void> => {
    try {
      const bytes = await bytesOf(req, res, read);
      if (bytes.length > kind.limit) throw refuse('request/too-large');
      if (bytes.length > 0 && !isOf(req, kind)) throw refuse('request/unsupported-media-type');
      req.body = bytes.length === 0 ? undefined : decode(bytes, kind);
      next();
    } catch (error) {
      next(problemOf(error));
    }
  };
};
