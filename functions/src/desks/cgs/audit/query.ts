import { z } from 'zod';
import { AUDIT_KINDS, type AuditEntry, auditLog } from '../../../kernel/audit/collection.ts';
import { dayOrTimeInput, lastMomentOf, momentOf } from '../domain/moment-input.ts';
import { optional } from '../domain/schemas.ts';

/** The filters of the audit log, in any combination. */
export const auditFilters = {
  person: optional(z.string().max(128)).meta({ description: 'the id of who acted' }),
  kind: optional(z.enum(AUDIT_KINDS)).meta({ description: 'only changes of this kind' }),
  desk: optional(z.string().max(50)).meta({ description: 'only those at this desk' }),
  subject: optional(z.string().max(1500)).meta({
    description: 'the path of a document, such as areas/{id}',
  }),
  from: optional(dayOrTimeInput).meta({ description: 'on this day or later' }),
  to: optional(dayOrTimeInput).meta({ description: 'on this day or earlier' }),
};

const filterSchema = z.object(auditFilters);

/** The query for the entries that match, newest first. Dates without an offset are of the zone. */
export const auditQuery = (
  { person, kind, desk, subject, from, to }: z.output<typeof filterSchema>,
  timeZone: string,
) => ({
  anyOf: [auditLog.queries.list.where({ 'by.id': person, kind, desk, subject })],
  range: { from: from && momentOf(from, timeZone), to: to && lastMomentOf(to, timeZone) },
});

const value = z.unknown().meta({
  description: 'null where there is none; a long one is its text, cut',
});

/** An entry in the wire's form. */
export const auditWireSchema = z
  .object({
    id: z.string(),
    at: z.iso.datetime(),
    by: z.object({
      id: z.string().nullable(),
      name: z.string().nullable(),
      email: z.string().nullable(),
    }),
    address: z.string(),
    desk: z.string(),
    kind: z.enum(AUDIT_KINDS),
    action: z.string().meta({ description: 'method and route, or what was done' }),
    subject: z.string().nullable().meta({ description: 'the path of the document' }),
    title: z.string().nullable(),
    documents: z.array(
      z.object({
        path: z.string(),
        op: z.enum(['create', 'update', 'delete']),
        fields: z.array(z.object({ field: z.string(), from: value, to: value })),
      }),
    ),
    isCut: z.boolean().meta({ description: 'whether changes are missing, being too many' }),
  })
  .meta({ id: 'AuditEntry' });

export const auditToWire = ({ at, expiresAt: _, ...entry }: AuditEntry) => ({
  ...entry,
  at: at.toISOString(),
});
