import { once } from 'node:events';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import type { Bucket } from '@google-cloud/storage';
import { z } from 'zod';
import type { Config } from '../config.ts';
import type { ByteRange } from '../http/endpoint.ts';
import { describeError, type Log } from '../log.ts';
import { Problem, refuseFor } from '../problem.ts';

/** The files of photos and films, by their path in the bucket. */
export interface Files {
  /** Stores what a source yields; nothing when the source throws. */
  readonly put: (path: string, type: string, source: AsyncIterable<Uint8Array>) => Promise<void>;
  /** Opens a file, or a part of it; undefined if there is none. */
  readonly open: (path: string, range?: ByteRange) => Promise<Readable | undefined>;
  /** Removes a file, if it is there. */
  readonly remove: (path: string) => Promise<void>;
}

type Settings = Pick<Config, 'projectId' | 'storageBucket' | 'storageEmulator'>;

/** The SDK takes a fifth of a second to load: only those who deal with files wait for it. */
const openBucket = async (settings: Settings): Promise<Bucket> => {
  const { projectId, storageBucket, storageEmulator } = settings;
  const { Storage } = await import('@google-cloud/storage');
  const storage = new Storage({
    projectId,
    ...(storageEmulator !== undefined && { apiEndpoint: `http://${storageEmulator}` }),
    retryOptions: { maxRetries: 2, totalTimeout: 10 },
  });
  return storage.bucket(storageBucket);
};

const statusSchema = z.object({ code: z.union([z.number(), z.string()]) });

const isMissing = (error: unknown): boolean =>
  Number(statusSchema.safeParse(error).data?.code) === 404;

/**
 * Cloud Storage, or its emulator. Everything rejects with 503 `media/unavailable` while that does not
 * answer.
 */
export const createFiles = (settings: Settings, log: Log): Files => {
  let opened: Promise<Bucket> | undefined;
  const fileOf = async (path: string) => {
    opened ??= openBucket(settings);
    return (await opened).file(path);
  };
  const failed = (error: unknown): Problem => {
    if (error instanceof Problem) return error;
    log.write('ERROR', 'the storage of files does not answer', describeError(error));
    return refuseFor('media/unavailable', 5);
  };
  return {
    put: async (path, type, source) => {
      try {
        const file = await fileOf(path);
        await pipeline(source, file.createWriteStream({ contentType: type, resumable: false }));
      } catch (error) {
        throw failed(error);
      }
    },
    open: async (path, range) => {
      try {
        const file = await fileOf(path);
        const stream = file.createReadStream({ ...range, validation: false, decompress: false });
        // Only the first bytes tell that it is there: the SDK shows a 404 as a response as well.
        await once(stream, 'readable');
        return stream;
      } catch (error) {
        if (isMissing(error)) return undefined;
        throw failed(error);
      }
    },
    remove: async (path) => {
      try {
        await (await fileOf(path)).delete({ ignoreNotFound: true });
      } catch (error) {
        throw failed(error);
      }
    },
  };
};
