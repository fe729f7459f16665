import express, { type NextFunction, type Request, type Response } from 'express';
import { z } from 'zod';
import { Problem, refuse } from '../problem.ts';

const LIMIT_BYTES = 1024 * 1024;

const readRaw = express.raw({ type: () => true, limit: LIMIT_BYTES });

// Cloud Functions has read the body before express sees the request, and leaves its bytes here.
const preRead = z.object({ rawBody: z.instanceof(Buffer) });
const parserError = z.object({ type: z.string() });

const bytesOf = (req: Request): Promise<Buffer> => {
  const early = preRead.safeParse(req);
  if (early.success) return Promise.resolve(early.data.rawBody);
  return new Promise((resolve, reject) => {
    readRaw(req, req.res ?? unreachable(), (error: unknown) => {
      if (error !== undefined && error !== null) reject(error);
      else resolve(Buffer.isBuffer(req.body) ? req.body : Buffer.alloc(0));
    });
  });
};

const unreachable = (): never => {
  throw new Error('express gives every request its response');
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

const parseJson = (bytes: Buffer): unknown => {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes));
  } catch {
    throw refuse('request/malformed');
  }
};

const isJson = (req: Request): boolean => {
  const charset = /charset="?([\w-]+)/i.exec(req.header('content-type') ?? '')?.[1];
  return req.is('json') === 'json' && (charset === undefined || /^utf-?8$/i.test(charset));
};

/**
 * Reads the body as JSON: `req.body` is what it holds, undefined where none was sent.
 * 400 for what is not JSON, 413 over 1 MB, 415 for another type.
 */
export const readBody = async (req: Request, _res: Response, next: NextFunction): Promise<void> => {
  try {
    const bytes = await bytesOf(req);
    if (bytes.length > LIMIT_BYTES) throw refuse('request/too-large');
    if (bytes.length > 0 && !isJson(req)) throw refuse('request/unsupported-media-type');
    req.body = bytes.length === 0 ? undefined : parseJson(bytes);
    next();
  } catch (error) {
    next(problemOf(error));
  }
};
