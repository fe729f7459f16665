import { request } from 'node:http';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { PHOTO } from '../../functions/test/support/sample-files.ts';
import type { Member } from '../../functions/test/desks/cgs/world.ts';
import type { Bench } from './bench-world.ts';
import { type Line, ms, oneTo, timed } from './line.ts';

const MB = 1024 * 1024;
/** Bytes of each upload: the most that is taken. */
const BYTES = 15 * MB;
const AT_ONCE = 20;
/** A stream holds some chunks of 64 kB on its way; a tenth of the bodies would be 30 MB. */
const MOST_MB = 150;

const filler = Buffer.alloc(64 * 1024);

/** A photo and then zeros, made while they are sent, so that the client holds no file. */
const body = function* (): Generator<Buffer> {
  yield PHOTO;
  for (let left = BYTES - PHOTO.length; left > 0; left -= filler.length) {
    yield filler.subarray(0, Math.min(left, filler.length));
  }
};

const upload = async ({ api }: Bench, { cookie }: Member): Promise<void> => {
  const asked = request(`${api.url}/v1/media`, {
    method: 'POST',
    headers: {
      Cookie: `session_id=${cookie}`,
      'Content-Type': 'image/jpeg',
      'Content-Length': BYTES,
    },
  });
  const answered = new Promise<number>((resolve, reject) => {
    asked.once('error', reject).once('response', (response) => {
      response.resume().once('end', () => resolve(response.statusCode ?? 0));
    });
  });
  await pipeline(Readable.from(body()), asked);
  const status = await answered;
  if (status !== 201) throw new Error(`an upload answered ${status}`);
};

/** The most memory that this process has at a time while a task runs, in MB. */
const peakDuring = async (task: () => Promise<void>): Promise<number> => {
  const seen = { most: 0 };
  const look = () => {
    seen.most = Math.max(seen.most, process.memoryUsage.rss());
  };
  const timer = setInterval(look, 10);
  try {
    await task();
    look();
  } finally {
    clearInterval(timer);
  }
  return seen.most / MB;
};

/** Films of the greatest size, sent at once to the plain server, which streams them. */
export const uploads: Line = {
  name: 'uploads',
  run: async (bench) => {
    const crews = await Promise.all(oneTo(AT_ONCE).map(() => bench.world.member('FOC')));
    // The first one loads the SDK of the storage.
    await upload(bench, bench.foc);
    const before = process.memoryUsage.rss() / MB;
    const took = { ms: 0 };
    const peak = await peakDuring(async () => {
      took.ms = await timed(() => Promise.all(crews.map((foc) => upload(bench, foc))));
    });
    const what = `${AT_ONCE} uploads of ${BYTES / MB} MB at once`;
    return [
      {
        what,
        value: (AT_ONCE * BYTES) / MB / (took.ms / 1000),
        unit: 'MB per second',
        note: `${ms(took.ms)}, with the client and the Storage emulator on the same cores`,
      },
      {
        what: `${what}: what the memory of API and client grows by`,
        value: peak - before,
        unit: 'MB',
        atMost: MOST_MB,
        note: `from ${before.toFixed(0)} to ${peak.toFixed(0)} MB; the bodies are ${(AT_ONCE * BYTES) / MB} MB`,
      },
    ];
  },
};
