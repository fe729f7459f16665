import { type Media, media, mediaTurns } from '../../functions/src/kernel/media/collection.ts';
import { mediaKeys, namedIn } from '../../functions/src/kernel/media/paths.ts';
import { anyDocument, type DocKey } from '../../functions/src/kernel/store/document.ts';
import {
  type CollectionCheck,
  checkOf,
  expectSame,
  expectThat,
  type Fault,
  type Found,
} from './check.ts';

type Shown = string | null | undefined | readonly string[];

/** The uploads that a field names. */
export const shownKeys = (shown: Shown): readonly DocKey<Media>[] => mediaKeys(namedIn('', shown));

/** Each upload that a field of a document names is there, and belongs to that document. */
export const shownFaults = (field: string, shown: Shown, holder: string, found: Found): Fault[] =>
  shownKeys(shown).flatMap((key) => {
    const upload = found(key);
    return upload === undefined
      ? expectThat(false, field, `names ${key.path}, which is not there`)
      : expectThat(
          upload.attachedTo === holder,
          field,
          `names ${key.path}, which belongs to ${upload.attachedTo ?? 'nothing'}`,
        );
  });

const holderKeys = ({ attachedTo }: Media): readonly DocKey<unknown>[] =>
  attachedTo === null ? [] : [anyDocument(attachedTo)];

/** What an upload belongs to is there, and names it somewhere. */
const holderFaults = (upload: Media, found: Found): Fault[] =>
  holderKeys(upload).flatMap((key) => {
    const holder = found(key);
    return holder === undefined
      ? expectThat(false, 'attachedTo', `names ${key.path}, which is not there`)
      : expectThat(
          JSON.stringify(holder).includes(`/${upload.id}"`),
          'attachedTo',
          `names ${key.path}, which does not show it`,
        );
  });

const uploadCheck = checkOf(media, {
  refers: holderKeys,
  faults: (upload, { id }, found) => [
    ...expectSame('id', upload.id, id),
    ...expectThat(
      (upload.dueAt === null) === (upload.attachedTo !== null),
      'dueAt',
      'is there exactly while it belongs to nothing',
    ),
    ...expectThat(
      (upload.copy === null) === (upload.state !== 'ready'),
      'copy',
      'is there exactly when it is ready',
    ),
    ...holderFaults(upload, found),
  ],
});

/** `media/{id}` and `mediaTurns/{uid}`. */
export const mediaChecks: readonly CollectionCheck[] = [uploadCheck, checkOf(mediaTurns)];
