import type { Write } from '../store/document.ts';
import { changedDocuments, titleOf } from './changed-documents.ts';
import {
  type AuditActor,
  type AuditKind,
  auditLog,
  type ChangedDocument,
  type ChangedField,
} from './collection.ts';

const KEPT_MS = 400 * 24 * 60 * 60_000;

/** What an entry shows of its documents at most. */
const MOST_DOCUMENTS = 50;
const MOST_BYTES = 15_000;

/** Something that somebody did, to be logged in the commit that does it. */
export interface Deed {
  /** Of the change; the same over all its attempts, so that it is logged once. */
  readonly id: string;
  readonly at: Date;
  readonly by: AuditActor;
  readonly address: string;
  readonly desk: string;
  readonly kind: AuditKind;
  readonly action: string;
  /** The path of what it is about; by default the first document that the writes change. */
  readonly subject?: string;
  /** The other writes of the commit, whose changes are shown. */
  readonly writes: readonly Write[];
  /** Names of secrets that were sent with it, such as a new password. */
  readonly secrets?: readonly string[];
}

const bytesOf = (value: object): number => Buffer.byteLength(JSON.stringify(value));

/** As many fields, of as many documents, as an entry has room for. */
const within = (documents: readonly ChangedDocument[]) => {
  let room = MOST_BYTES;
  let isCut = documents.length > MOST_DOCUMENTS;
  const fits = (field: ChangedField): boolean => {
    room -= bytesOf(field);
    isCut ||= room < 0;
    return room >= 0;
  };
  const shown = documents
    .slice(0, MOST_DOCUMENTS)
    .map(({ fields, ...document }) => ({ ...document, fields: fields.filter(fits) }));
  return { documents: shown, isCut };
};

const HIDDEN = 'not shown';

/** The write of an entry; put it last into its commit. Pure. */
export const auditWrite = ({ writes, secrets = [], subject, ...deed }: Deed): Write => {
  const [first, ...others] = changedDocuments(writes);
  const named = secrets.map((field) => ({ field, from: HIDDEN, to: HIDDEN }));
  const documents = first && [{ ...first, fields: [...first.fields, ...named] }, ...others];
  const about = subject ?? first?.path ?? null;
  return auditLog.create(deed.id, {
    ...deed,
    subject: about,
    title: about === null ? null : titleOf(about, writes),
    ...within(documents ?? []),
    expiresAt: new Date(deed.at.getTime() + KEPT_MS),
  });
};
