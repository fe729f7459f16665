import { expect } from 'chai';
import type { Media } from '../../functions/src/kernel/media/collection.ts';
import {
  command,
  foc,
  minute,
  noc,
  opened,
  play,
  uuid,
} from '../../functions/test/desks/cgs/fixtures.ts';
import { type Documents, numbered, sound } from '../../functions/test/desks/cgs/sound-store.ts';
import { sourceOf } from '../../functions/test/support/document-source.ts';
import { ALL_CHECKS } from './desks.ts';
import { walk } from './walk.ts';

const NOTED = `tickets/${uuid(1)}`;
const PERSON = 'of-another-desk';
const GRANT = `grants/${PERSON}`;
const EVIDENCE = `media/${uuid(7)}`;
const PORTRAIT = `media/${uuid(8)}`;
const LOOSE = `media/${uuid(9)}`;

const pathOf = (document: string): string => `/v1/${document}`;

const upload = (n: number, attachedTo: string | null): Media => ({
  id: uuid(n),
  desk: 'cgs',
  ownerId: foc.id,
  type: 'image/jpeg',
  state: 'ready',
  bytes: 9000,
  path: `media/${uuid(n)}`,
  secret: 'secret',
  attachedTo,
  takenAt: null,
  takenPlace: null,
  copy: { bytes: 5000, thumbBytes: 900, width: 640, height: 480 },
  attempts: 1,
  dueAt: attachedTo === null ? minute(60) : null,
  isLeaving: false,
  createdAt: minute(0),
});

/** A sound store with a photo of a ticket, one of a person, and one that nothing names yet. */
const withPhotos = (): Documents => {
  const documents = sound();
  const note = { ...command.note, mediaUrl: pathOf(EVIDENCE) };
  const noted = numbered(play(opened(), [note, noc, 2]), 1);
  const { noc: held } = documents.get(NOTED) ?? {};
  documents.set(NOTED, { ...noted, noc: held });
  for (const path of [GRANT, `users/${PERSON}`]) {
    documents.set(path, { ...documents.get(path), profilePhoto: pathOf(PORTRAIT) });
  }
  documents.set(EVIDENCE, { ...upload(7, NOTED) });
  documents.set(PORTRAIT, { ...upload(8, GRANT) });
  documents.set(LOOSE, { ...upload(9, null) });
  documents.set(`mediaTurns/${foc.id}`, {
    since: minute(0),
    count: 3,
    expiresAt: minute(1440),
  });
  return documents;
};

const check = async (documents: Documents): Promise<string[]> => {
  const breaches = await walk(sourceOf(documents, minute(0)), ALL_CHECKS, { now: minute(80) });
  return breaches.map(({ document, field }) => `${document} ${field}`);
};

/** A document with a wrong field or a deleted one, and the fields that must be reported. */
const BROKEN: readonly (readonly [
  title: string,
  path: string,
  patch: object | null,
  ...expected: readonly string[],
])[] = [
  ['evidence that is gone', EVIDENCE, null, `${NOTED} ticketLogs`],
  ['a portrait that is gone', PORTRAIT, null, `${GRANT} profilePhoto`],
  [
    'a photo that its ticket does not show',
    LOOSE,
    { attachedTo: NOTED, dueAt: null },
    `${LOOSE} attachedTo`,
  ],
  [
    'a photo of a ticket that is not there',
    LOOSE,
    { attachedTo: `tickets/${uuid(5)}`, dueAt: null },
    `${LOOSE} attachedTo`,
  ],
  ['evidence of another ticket', EVIDENCE, { attachedTo: GRANT }, `${NOTED} ticketLogs`],
  ['evidence that is to be removed', EVIDENCE, { dueAt: minute(90) }, `${EVIDENCE} dueAt`],
  ['an upload that is never removed', LOOSE, { dueAt: null }, `${LOOSE} dueAt`],
  ['a photo without the copy that it has', LOOSE, { copy: null }, `${LOOSE} copy`],
  ['a photo under another id', LOOSE, { id: uuid(5) }, `${LOOSE} id`],
  [
    'a count without its day',
    `mediaTurns/${foc.id}`,
    { since: null },
    `mediaTurns/${foc.id} since`,
  ],
];

describe('check:data of photos', () => {
  it('finds nothing where each names what shows it, and the other way round', async () => {
    expect(await check(withPhotos())).to.deep.equal([]);
  });

  for (const [title, path, patch, ...expected] of BROKEN) {
    it(`reports ${title}`, async () => {
      const documents = withPhotos();
      if (patch === null) documents.delete(path);
      else documents.set(path, { ...documents.get(path), ...patch });
      expect(await check(documents)).to.include.members(expected);
    });
  }
});
