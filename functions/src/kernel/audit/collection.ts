import { z } from 'zod';
import { collection } from '../store/collection.ts';

/** What an entry is about, for filters. */
export const AUDIT_KINDS = [
  'person',
  'access',
  'settings',
  'masterData',
  'ticket',
  'incident',
  'webhook',
  'signIn',
] as const;
export type AuditKind = (typeof AUDIT_KINDS)[number];

/** JSON values; a long one is its text, cut. Null where there is none. */
const changedField = z.object({ field: z.string(), from: z.unknown(), to: z.unknown() });
export type ChangedField = z.output<typeof changedField>;

const changedDocument = z.object({
  path: z.string(),
  op: z.enum(['create', 'update', 'delete']),
  fields: z.array(changedField),
});
export type ChangedDocument = z.output<typeof changedDocument>;

/** Who acted; all null for a sign-in by nobody whom we know. */
const actor = z.object({
  id: z.string().nullable(),
  name: z.string().nullable(),
  email: z.string().nullable(),
});
export type AuditActor = z.output<typeof actor>;

/** `audit/{id of the change}`: who changed what. It is written once, by the change's own commit. */
const entrySchema = z.object({
  id: z.string(),
  at: z.date(),
  by: actor,
  /** The client's address, as the trusted proxies report it. */
  address: z.string(),
  desk: z.string(),
  kind: z.enum(AUDIT_KINDS),
  /** The method and route of the endpoint, or what was done: `signed in`. */
  action: z.string(),
  /** The path of the document that it is about, and what people call it. */
  subject: z.string().nullable(),
  title: z.string().nullable(),
  documents: z.array(changedDocument),
  /** Whether changes are missing here because there were too many. */
  isCut: z.boolean(),
  expiresAt: z.date(),
});
export type AuditEntry = z.output<typeof entrySchema>;

export const auditLog = collection('audit', entrySchema, {
  unindexed: ['id', 'by.name', 'by.email', 'address', 'action', 'title', 'documents', 'isCut'],
  ttl: 'expiresAt',
  queries: {
    list: { optional: ['by.id', 'kind', 'desk', 'subject'], range: 'at', orderBy: '-at' },
  },
});
