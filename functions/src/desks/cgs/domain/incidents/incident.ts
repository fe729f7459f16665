import type * as kernel from '../../../../kernel/decision.ts';
import { refuse } from '../../../../kernel/decision.ts';
import { keywordsOf } from '../../../../kernel/keywords.ts';
import type { z } from 'zod';
import type { Moment } from '../command.ts';
import { documentSize } from '../document-size.ts';
import type { closeIncidentBody, Incident, openTicketsBody, Part } from './schemas.ts';
import type { IncidentRefusal } from './vocabulary.ts';
import { snapshot } from '../log/log-writes.ts';
import type { Person } from '../schemas.ts';
import { later } from '../log/timeline.ts';
import type { Region } from '../vocabulary.ts';

type Refused = kernel.Refused<IncidentRefusal>;

/** A refusal, or the whole write of an incident. */
export type IncidentDecision = kernel.Decision<{ patch: Partial<Incident> }, IncidentRefusal>;

/** How many notes an incident takes, and how large they are together, in bytes: well below the size
 * that a document may have. */
export const MOST_NOTES = 100;
const LARGEST_NOTES = 700_000;

/** Who hears of an incident: the office and the crews of its region. The security rules say the same. */
export const maySeeIncident = ({ region }: Pick<Incident, 'region'>, actor: Person): boolean =>
  actor.role === 'SuperAdmin' || actor.region === region;

/** The words by which an incident is searched. */
export const keywordsOfIncident = ({
  incidentId,
  title,
}: Pick<Incident, 'incidentId' | 'title'>): string[] => keywordsOf(incidentId, title);

const shownOf = ({ id, name }: Person) => ({ id, name });

/** `INC-202611-0001`: the month (1 to 12), and its running number. */
export const formatIncidentId = (
  { year, month }: { readonly year: number; readonly month: number },
  count: number,
): string => `INC-${year}${`${month}`.padStart(2, '0')}-${`${count}`.padStart(4, '0')}`;

/** What a new incident is opened with; `part` is undefined for one that does not exist. */
export interface IncidentRequest
  extends Pick<Incident, 'title' | 'networkSegment' | 'expectedEndAt' | 'remark'> {
  readonly region: Region | undefined;
  readonly part: Part | null | undefined;
}

/** A new incident, complete but for its number; or why there is none. */
export const openIncident = (
  { region: asked, part, ...given }: IncidentRequest,
  actor: Person,
  { now, newId }: Moment,
): { readonly ok: true; readonly incident: (incidentId: string) => Incident } | Refused => {
  const own = actor.role === 'SuperAdmin' ? undefined : actor.region;
  const region = asked ?? own;
  if (region === undefined) return refuse('incident/region-required', { field: 'region' });
  if (own !== undefined && region !== own) {
    return refuse('incident/forbidden-region', { details: { path: 'region' } });
  }
  if (part === undefined) return refuse('incident/part-not-found', { field: 'part' });
  const incident = (incidentId: string): Incident => ({
    ...given,
    id: newId,
    incidentId,
    region,
    part,
    status: 'Open',
    isActive: true,
    hasWork: false,
    openedBy: shownOf(actor),
    tickets: { total: 0, open: 0, closed: 0 },
    notes: [],
    opening: null,
    closing: null,
    closedAt: null,
    createdAt: now,
    updatedAt: now,
    keywords: keywordsOfIncident({ incidentId, title: given.title }),
    changeIds: [],
  });
  return { ok: true, incident };
};

/** Why nobody may change an incident any more, or this person never could; null when they may. */
export const objectionTo = (incident: Incident, actor: Person): Refused | null => {
  if (!maySeeIncident(incident, actor)) return refuse('incident/not-found');
  return incident.status === 'Open' ? null : refuse('incident/closed');
};

/** A decision on an incident that is open and of the actor's reach. */
const onOpen = (
  incident: Incident,
  actor: Person,
  now: Date,
  decide: (at: Date) => IncidentDecision,
): IncidentDecision => {
  const refused = objectionTo(incident, actor);
  if (refused) return refused;
  const updatedAt = later(now, incident.updatedAt);
  const decision = decide(updatedAt);
  return decision.ok ? { ok: true, patch: { ...decision.patch, updatedAt } } : decision;
};

/** Edits an incident; a field that is undefined keeps its value. */
export const editIncident = (
  request: {
    readonly title?: string | undefined;
    readonly expectedEndAt?: Date | null | undefined;
    readonly remark?: string | null | undefined;
  },
  incident: Incident,
  actor: Person,
  now: Date,
): IncidentDecision =>
  onOpen(incident, actor, now, () => {
    const { expectedEndAt, remark } = request;
    const title = request.title ?? incident.title;
    return {
      ok: true,
      patch: {
        title,
        expectedEndAt: expectedEndAt === undefined ? incident.expectedEndAt : expectedEndAt,
        remark: remark === undefined ? incident.remark : remark,
        keywords: keywordsOfIncident({ ...incident, title }),
      },
    };
  });

/** Adds a note, for everybody who sees the incident. */
export const noteIncident = (
  note: Pick<Incident['notes'][number], 'remark' | 'mediaUrl'>,
  incident: Incident,
  actor: Person,
  now: Date,
): IncidentDecision =>
  onOpen(incident, actor, now, (at) => {
    const notes = [...incident.notes, { at, by: shownOf(actor), ...note }];
    const size = documentSize({ documentId: incident.id, notes });
    const isFull = notes.length > MOST_NOTES || size > LARGEST_NOTES;
    return isFull ? refuse('incident/notes-full') : { ok: true, patch: { notes } };
  });

/** What the work of opening tickets begins with. */
export interface OpeningRequest extends Omit<z.output<typeof openTicketsBody>, 'part'> {
  /** The part that was asked for, or the incident's own; undefined for one that does not exist. */
  readonly part: Part | null | undefined;
  /** How many clients it has. */
  readonly clients: number;
}

/** Begins to open tickets for all clients of a part of the network. */
export const beginOpening = (
  { part, clients, ...request }: OpeningRequest,
  incident: Incident,
  actor: Person,
  now: Date,
): IncidentDecision =>
  onOpen(incident, actor, now, (at) => {
    if (incident.hasWork) return refuse('incident/opening');
    if (part === null) return refuse('incident/part-needed');
    if (part === undefined) return refuse('incident/part-not-found', { field: 'part' });
    const opening = {
      part,
      at,
      by: snapshot(actor),
      request: {
        ...request,
        networkSegment: request.networkSegment ?? incident.networkSegment ?? 'Access',
        indication: request.indication ?? null,
        action: request.action ?? null,
        remark: request.remark ?? null,
      },
      after: null,
      clients,
      opened: 0,
      skipped: 0,
      unreadable: { count: 0, clients: [] },
      endedAt: null,
    };
    return { ok: true, patch: { opening, hasWork: true } };
  });

/** Closes an incident: at once if its tickets are left, else when all of them are closed. Tickets that
 * were being opened for it are opened no further. */
export const closeIncident = (
  { remark, tickets }: z.output<typeof closeIncidentBody>,
  incident: Incident,
  actor: Person,
  now: Date,
): IncidentDecision =>
  onOpen(incident, actor, now, (at) => {
    const { opening } = incident;
    const isLeaving = tickets === 'leave';
    return {
      ok: true,
      patch: {
        status: isLeaving ? 'Closed' : 'Closing',
        isActive: !isLeaving,
        hasWork: !isLeaving,
        closing: { at, by: snapshot(actor), remark, tickets },
        closedAt: isLeaving ? at : null,
        opening: opening && { ...opening, endedAt: opening.endedAt ?? at },
      },
    };
  });
