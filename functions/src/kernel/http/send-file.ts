import { pipeline } from 'node:stream/promises';
import type { Request, Response } from 'express';
import { Problem, refuse } from '../problem.ts';
import type { ByteRange, FileAnswer } from './endpoint.ts';

/** The one range that is asked for; undefined for the whole file, which several ranges get too. */
const rangeOf = (req: Request, bytes: number, tag: string): ByteRange | 'beyond' | undefined => {
  if ((req.header('if-range') ?? tag) !== tag) return undefined;
  const ranges = req.range(bytes);
  if (ranges === -1) return 'beyond';
  const isOne = Array.isArray(ranges) && ranges.type === 'bytes' && ranges.length === 1;
  return isOne ? ranges[0] : undefined;
};

/** Its status, and the headers that say which part of it is sent. */
const partOf = (bytes: number, range: ByteRange | undefined) =>
  range === undefined
    ? { status: 200, headers: { 'Content-Length': String(bytes) } }
    : {
        status: 206,
        headers: {
          'Content-Length': String(range.end - range.start + 1),
          'Content-Range': `bytes ${range.start}-${range.end}/${bytes}`,
        },
      };

const opened = async (file: FileAnswer, range: ByteRange | undefined) => {
  try {
    return (await file.open(range)) ?? refuse('media/not-found');
  } catch (error) {
    if (error instanceof Problem) return error;
    throw error;
  }
};

/**
 * Sends a file: 304 when the caller has it, 206 for a range, 416 for one beyond its end. Resolves to
 * a problem, with nothing sent, when the file is gone or cannot be read now.
 */
export const sendFile = async (
  req: Request,
  res: Response,
  file: FileAnswer,
): Promise<Problem | undefined> => {
  const { type, bytes, headers } = file;
  const tag = `"${file.tag}"`;
  res.set('ETag', tag);
  const range = rangeOf(req, bytes, tag);
  if (req.fresh) {
    res.status(304).set(headers).end();
  } else if (range === 'beyond') {
    res.status(416).set('Content-Range', `bytes */${bytes}`).end();
  } else {
    const content = req.method === 'HEAD' ? null : await opened(file, range);
    if (content instanceof Problem) {
      res.removeHeader('ETag');
      return content;
    }
    const part = partOf(bytes, range);
    res.status(part.status).set({ 'Content-Type': type, 'Content-Disposition': 'inline' });
    res.set({ 'Accept-Ranges': 'bytes', ...headers, ...part.headers });
    if (content === null) res.end();
    else await pipeline(content, res);
  }
  return undefined;
};
