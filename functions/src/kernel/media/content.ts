import type { BodyStream } from '../http/body-stream.ts';
import { MEDIA_TYPES } from './collection.ts';

/** Enough to tell the type also of a PNG with a colour profile before its pixels. */
const HEAD_BYTES = 256 * 1024;

/** A stream of which the beginning was read. */
interface Peeked {
  readonly head: Uint8Array;
  /** All of it, the beginning too. */
  readonly all: AsyncIterable<Uint8Array>;
}

const peek = async (body: BodyStream): Promise<Peeked> => {
  const rest = body[Symbol.asyncIterator]();
  const chunks: Uint8Array[] = [];
  for (let size = 0; size < HEAD_BYTES; ) {
    const { value } = await rest.next();
    if (value === undefined) break;
    chunks.push(value);
    size += value.length;
  }
  const all = async function* (): AsyncGenerator<Uint8Array> {
    yield* chunks;
    yield* rest;
  };
  return { head: Buffer.concat(chunks), all: all() };
};

/** The type of a stream by its content, if it is one that is taken, and the stream to go on with. */
export const openContent = async (body: BodyStream) => {
  const { fileTypeFromBuffer } = await import('file-type');
  const { head, all } = await peek(body);
  const found = await fileTypeFromBuffer(head);
  return { type: MEDIA_TYPES.find((each) => each === found?.mime), all };
};
