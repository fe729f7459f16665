import { createHash } from 'node:crypto';
import { Problem, refuse } from '../problem.ts';

/**
 * A body that is being received: its handler reads it while it arrives. Reading throws a problem when
 * more comes than the limit, or less than was promised.
 */
export class BodyStream {
  readonly #source: AsyncIterable<Uint8Array>;
  readonly #limit: number;
  readonly #hash = createHash('sha256');
  #sha256: string | undefined;
  #bytes = 0;

  constructor(source: AsyncIterable<Uint8Array>, limit: number) {
    this.#source = source;
    this.#limit = limit;
  }

  /** The hash of all bytes; undefined until they have been read. */
  get sha256(): string | undefined {
    return this.#sha256;
  }

  /** How many were read so far. */
  get bytes(): number {
    return this.#bytes;
  }

  /** Stands for the bytes in the hash of a request with an `Idempotency-Key`. */
  toJSON(): unknown {
    return { sha256: this.#sha256 };
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Uint8Array, void> {
    try {
      for await (const chunk of this.#source) {
        this.#bytes += chunk.length;
        if (this.#bytes > this.#limit) throw refuse('media/too-large');
        this.#hash.update(chunk);
        yield chunk;
      }
    } catch (error) {
      throw error instanceof Problem ? error : refuse('request/malformed');
    }
    this.#sha256 = this.#hash.digest('hex');
  }

  /** Reads what has not been read yet, and forgets it. */
  async drain(): Promise<void> {
    const rest = this[Symbol.asyncIterator]();
    let isDone = this.#sha256 !== undefined;
    while (!isDone) isDone = (await rest.next()).done === true;
  }
}
