import { z } from 'zod';
import { collection } from '../store/collection.ts';

/** What may be uploaded; the content decides, not a name or a header. */
export const MEDIA_TYPES = [
  'image/jpeg',
  'image/png',
  'image/webp',
  'image/heic',
  'image/heif',
  'video/mp4',
] as const;

/** Those of which a copy for others is made; nobody but the sender sees the rest. */
const COPIED_TYPES: ReadonlySet<string> = new Set(['image/jpeg', 'image/png', 'image/webp']);

export const isCopied = (type: string): boolean => COPIED_TYPES.has(type);

export const MEDIA_STATES = {
  uploading: 'it is being received',
  processing: 'its copy for others is being made; only its sender sees it',
  ready: 'all who see what it belongs to see its copy',
  'sender-only': 'no copy can be made of its type; only its sender sees it',
  unreadable: 'it is damaged, or not what it seems; only its sender sees it',
} as const;

export type MediaState = keyof typeof MEDIA_STATES;
export const mediaStateSchema = z.enum([
  'uploading',
  'processing',
  'ready',
  'sender-only',
  'unreadable',
] as const satisfies MediaState[]);

const placeSchema = z.object({ latitude: z.number(), longitude: z.number() });

/** `media/{id}`: a photo or a film, whose files are in the bucket. */
export const mediaSchema = z.object({
  id: z.uuid(),
  /** The desk where it was uploaded. */
  desk: z.string(),
  ownerId: z.string(),
  type: z.enum(MEDIA_TYPES),
  state: mediaStateSchema,
  /** Of the original; 0 until it is there. */
  bytes: z.int().nonnegative(),
  /** Where the original is; the copies are beside it. */
  path: z.string(),
  /** What links to it are signed with. */
  secret: z.string(),
  /** The document that shows it; null until one names it, and again when none does any more. */
  attachedTo: z.string().nullable(),
  /** When and where the camera says that it was taken. */
  takenAt: z.date().nullable(),
  takenPlace: placeSchema.nullable(),
  copy: z
    .object({ bytes: z.int(), thumbBytes: z.int(), width: z.int(), height: z.int() })
    .nullable(),
  /** How often making the copy was begun: a file that ends the process is not tried forever. */
  attempts: z.int().nonnegative(),
  /** When the clock removes it; null while it is attached. */
  dueAt: z.date().nullable(),
  /** The clock is removing it: nothing may name it any more. */
  isLeaving: z.boolean(),
  createdAt: z.date(),
});
export type Media = z.output<typeof mediaSchema>;

export const media = collection('media', mediaSchema, {
  unindexed: [
    'desk',
    'ownerId',
    'type',
    'state',
    'bytes',
    'path',
    'secret',
    'attachedTo',
    'takenAt',
    'takenPlace',
    'copy',
    'attempts',
    'isLeaving',
    'createdAt',
  ],
  queries: { due: { range: 'dueAt', orderBy: 'dueAt' } },
});

/** `mediaTurns/{uid}`: how much a person has uploaded within a day. */
export const mediaTurns = collection(
  'mediaTurns',
  z.object({ since: z.date(), count: z.int(), expiresAt: z.date() }),
  { unindexed: ['since', 'count'], ttl: 'expiresAt' },
);

/** The files of a photo or a film. */
export const filesOf = ({ path }: Pick<Media, 'path'>) => ({
  original: path,
  copy: `${path}-copy`,
  thumb: `${path}-thumb`,
});
