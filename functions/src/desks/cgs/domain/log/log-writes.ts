import { refuse } from '../../../../kernel/decision.ts';
import type { Command, Evidence, Given, Refused } from '../command.ts';
import {
  type Author,
  answerCard,
  answered,
  canceledEntry,
  closedCard,
  evidenceEntry,
  noteCard,
  pendingEntry,
  plainEntry,
  reassignCard,
  requestCard,
  resumed,
  simpleCard,
  taskEntry,
} from './log-card.ts';
import { MOVES, type Move } from '../moves.ts';
import type { LogCard, Person, Ticket } from '../schemas.ts';
import { type RequestCard, waitingRequest } from './timeline.ts';
import { CREW } from '../vocabulary.ts';

/** A command that is allowed: who gives it, when, and to which ticket. */
export type Scene = Author & { readonly ticket: Ticket; readonly newId: string };

/** The log after a command, and the FOC if it names one or takes the ticket from them (null).
 * Everything else follows from these. */
export type Written = { readonly ok: true; readonly logs: LogCard[]; readonly foc?: Person | null };

const wrote = (logs: LogCard[], foc?: Person | null): Written => ({
  ok: true,
  logs,
  ...(foc !== undefined && { foc }),
});
const add = ({ ticket }: Scene, card: LogCard): Written => wrote([...ticket.ticketLogs, card]);

/** The fields of a person that the contract lets a ticket have. */
export const snapshot = (person: Person): Person => {
  const { id, nik, phoneNumber, email, name, role, region, profilePhoto, areas } = person;
  return { id, nik, phoneNumber, email, name, role, region, profilePhoto, areas };
};

const accept = (scene: Scene): Written | Refused =>
  scene.actor.role === 'system'
    ? refuse('ticket/forbidden')
    : wrote(
        [...scene.ticket.ticketLogs, simpleCard(scene, plainEntry('Accepted'))],
        snapshot(scene.actor),
      );

/** The log with NOC's answer to its waiting request. */
const answer = (
  scene: Scene,
  request: RequestCard,
  isApproved: boolean,
  remark: string | null,
): LogCard[] => [
  ...answered(scene.ticket.ticketLogs, request, isApproved, remark),
  answerCard(scene, request, isApproved, remark),
];

/** The log with the pending that is open in the ticket, if one is, ended at `at`. */
const withoutPause = ({ ticket }: Scene, logs: LogCard[], at: Date): LogCard[] =>
  ticket.latestStatus === 'Pending' ? resumed(logs, at) : logs;

const OVERRULED = {
  pending: 'Refused: NOC set the ticket to pending instead.',
  cancel: 'Refused: NOC canceled the ticket instead.',
  assign: 'Refused: another FOC was assigned instead.',
  closeByIncident: 'Refused: NOC closed the ticket with its incident instead.',
} as const;

/** The log with its waiting request answered by an assign, and the evidence of the assign: it
 * approves a request to be replaced, and overrules any other request. */
const beforeAssign = (scene: Scene, remark: string | null) => {
  const logs = scene.ticket.ticketLogs;
  const waiting = waitingRequest(logs);
  if (!waiting) return { logs, evidenceId: scene.newId };
  return waiting.cardType === 'ReassignAction'
    ? { logs: answered(logs, waiting, true, remark), evidenceId: waiting.evidenceId }
    : { logs: answer(scene, waiting, false, OVERRULED.assign), evidenceId: scene.newId };
};

const assign = ({ foc, remark }: Given<'assign'>, scene: Scene): Written | Refused => {
  const { ticket, at } = scene;
  const isCrew = CREW.some((role) => role === foc?.role);
  if (!foc || !isCrew || foc.region !== ticket.region) {
    return refuse('ticket/assignee-invalid', { field: 'focId' });
  }
  if (!ticket.foc) {
    const card = simpleCard(scene, plainEntry('Accepted'));
    return wrote([...ticket.ticketLogs, card], snapshot(foc));
  }
  if (foc.id === ticket.foc.id)
    return refuse('ticket/already-assigned', { details: { path: 'focId' } });
  const { logs, evidenceId } = beforeAssign(scene, remark ?? null);
  const card = reassignCard(scene, ticket.foc, { remark: remark ?? null, evidenceId }, true);
  return wrote([...withoutPause(scene, logs, at), card], snapshot(foc));
};

const reassign = (asked: Evidence, scene: Scene): Written | Refused => {
  const { foc } = scene.ticket;
  const sent = { ...asked, evidenceId: scene.newId };
  return foc ? add(scene, reassignCard(scene, foc, sent, null)) : refuse('ticket/not-yours');
};

/** The log with a card `Closed` after a last card that closes the ticket, with its evidence. */
const closed = (scene: Scene, logs: LogCard[]): LogCard[] => {
  const last = logs.at(-1);
  return last?.statusName === 'Canceled' || last?.statusName === 'Finishing'
    ? [...logs, closedCard(scene, last)]
    : logs;
};

/** Pauses or cancels a ticket: a FOC asks for it, NOC's command takes effect immediately. */
const stop = (command: Given<'pending' | 'cancel'>, scene: Scene): Written | Refused => {
  const { name, categories: allowed } = command;
  const category = name === 'pending' ? command.pendingCategory : command.cancelCategory;
  if (!allowed.includes(category)) {
    const message = `Choose one of: ${allowed.join(', ')}.`;
    return refuse('category/unknown', { field: `${name}Category`, message });
  }
  const move: Move = MOVES[name];
  const isApproved = move.asks?.includes(scene.actor.role) ? null : true;
  const sent = { ...command, evidenceId: scene.newId };
  const entry =
    sent.name === 'pending' ? pendingEntry(sent, isApproved) : canceledEntry(sent, isApproved);
  if (isApproved === null) return add(scene, requestCard(scene, entry, category));
  const waiting = waitingRequest(scene.ticket.ticketLogs);
  const logs = waiting ? answer(scene, waiting, false, OVERRULED[name]) : scene.ticket.ticketLogs;
  const card = simpleCard(scene, entry, category);
  return wrote(closed(scene, [...withoutPause(scene, logs, scene.at), card]));
};

const resume = (scene: Scene): Written => {
  const { ticket, at, newId } = scene;
  const status = ticket.statusBeforePending ?? 'Accepted';
  const entry =
    status === 'CheckedIn'
      ? evidenceEntry(status, { evidenceId: newId }, true)
      : plainEntry(status);
  return wrote([...resumed(ticket.ticketLogs, at), simpleCard(scene, entry)]);
};

const release = (scene: Scene): Written => {
  const card = simpleCard(scene, plainEntry('Open'), 'Nobody started it in time.');
  return wrote([...scene.ticket.ticketLogs, card], null);
};

/** Closes a ticket because the incident that it comes from is over: it counts as finished. */
const closeByIncident = (
  { incidentId, remark }: Given<'closeByIncident'>,
  scene: Scene,
): Written => {
  const waiting = waitingRequest(scene.ticket.ticketLogs);
  const logs = waiting
    ? answer(scene, waiting, false, OVERRULED.closeByIncident)
    : scene.ticket.ticketLogs;
  const entry = evidenceEntry('Closed', { remark, evidenceId: scene.newId }, true);
  const card = simpleCard(scene, entry, `Closed with the incident ${incidentId}.`);
  return wrote([...withoutPause(scene, logs, scene.at), card]);
};

const validate = (command: Given<'validate'>, scene: Scene): Written | Refused => {
  const { evidenceId, approved, approvalRemark } = command;
  const logs = scene.ticket.ticketLogs;
  const request = waitingRequest(logs);
  if (request?.evidenceId !== evidenceId) {
    const isKnown = logs.some((card) => 'isApproved' in card && card.evidenceId === evidenceId);
    return refuse(isKnown ? 'evidence/settled' : 'evidence/not-found', {
      details: { evidenceId },
    });
  }
  if (approved && request.cardType === 'ReassignAction') return refuse('ticket/assign-to-approve');
  const answered = answer(scene, request, approved, approvalRemark ?? null);
  const isCanceled = approved && request.statusName === 'Canceled';
  const ended = isCanceled ? withoutPause(scene, answered, request.timestamp) : answered;
  return wrote(approved ? closed(scene, ended) : ended);
};

/** Writes an allowed command to the log. It may still be refused for what it asks. */
export const writeLog = (command: Command, scene: Scene): Written | Refused => {
  switch (command.name) {
    case 'release':
      return release(scene);
    case 'breach':
    case 'warn':
      return wrote(scene.ticket.ticketLogs);
    case 'accept':
      return accept(scene);
    case 'assign':
      return assign(command, scene);
    case 'reassign':
      return reassign(command, scene);
    case 'pending':
    case 'cancel':
      return stop(command, scene);
    case 'resume':
      return resume(scene);
    case 'closeByIncident':
      return closeByIncident(command, scene);
    case 'validate':
      return validate(command, scene);
  }
  const move = MOVES[command.name];
  const sent = { ...command, evidenceId: scene.newId };
  switch (move.writes) {
    case 'status':
      return add(scene, simpleCard(scene, plainEntry(move.card)));
    case 'task':
      return add(scene, simpleCard(scene, taskEntry(move.card, sent)));
    case 'note':
      return add(scene, noteCard(scene, sent));
    case 'request':
      return add(scene, requestCard(scene, evidenceEntry(move.card, sent, null)));
  }
};
