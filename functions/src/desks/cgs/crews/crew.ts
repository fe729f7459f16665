import { z } from 'zod';
import type { Ticket } from '../domain/schemas.ts';
import { TASK_STATUSES, TICKET_STATUSES } from '../domain/vocabulary.ts';
import { type User, userToWire, userWireSchema } from '../users/people.ts';

const time = z.iso.datetime();

/** A FOC and their work, on the wire. */
export const crewWireSchema = userWireSchema
  .pick({ id: true, name: true, nik: true, phoneNumber: true, profilePhoto: true })
  .extend({
    region: userWireSchema.shape.region,
    area: userWireSchema.shape.area,
    load: z.int().meta({ description: 'tickets in progress' }),
    now: z
      .object({
        id: z.string(),
        ticketId: z.string(),
        status: z.enum(TICKET_STATUSES),
        taskStatus: z.enum(TASK_STATUSES).nullable(),
      })
      .nullable()
      .meta({ description: 'the ticket that was worked on last; a pending one only if no other' }),
    position: z
      .object({ coordinate: z.string(), at: time, ticketId: z.string() })
      .nullable()
      .meta({ description: 'of their latest evidence on tickets in progress' }),
  })
  .meta({ id: 'Crew' });

/** What is read of a ticket in progress. */
export type Work = Pick<
  Ticket,
  'documentId' | 'ticketId' | 'latestStatus' | 'latestTaskStatus' | 'acceptedTime' | 'ticketLogs'
>;

const lastMoment = ({ ticketLogs }: Work): number =>
  Math.max(
    0,
    ...ticketLogs
      .filter(({ cardType }) => cardType !== 'Note')
      .map(({ timestamp }) => timestamp.getTime()),
  );

/** The ticket that somebody works on: the latest that does not rest. */
const current = (work: readonly Work[]): Work | undefined => {
  const isResting = ({ latestStatus }: Work) => (latestStatus === 'Pending' ? 1 : 0);
  return work.toSorted(
    (one, other) => isResting(one) - isResting(other) || lastMoment(other) - lastMoment(one),
  )[0];
};

/** What the present FOC sent of a ticket; NOC's answers repeat it, and are left out. */
const evidenceOf = ({ ticketId, acceptedTime, ticketLogs }: Work) =>
  ticketLogs.flatMap((card) => {
    const isTheirs = acceptedTime !== null && card.timestamp >= new Date(acceptedTime);
    if (!isTheirs || card.cardType === 'RequestValidationDone') return [];
    const { locationCoordinate: coordinate } = card.data;
    return coordinate === undefined ? [] : [{ coordinate, at: card.timestamp, ticketId }];
  });

/** A FOC with their tickets in progress, in the wire's form. */
export const crewToWire = (user: User, work: readonly Work[]): z.input<typeof crewWireSchema> => {
  const { id, name, nik, phoneNumber, profilePhoto, region, area } = userToWire(user);
  const ticket = current(work);
  const latest = work
    .flatMap(evidenceOf)
    .toSorted((one, other) => other.at.getTime() - one.at.getTime())[0];
  return {
    id,
    name,
    nik,
    phoneNumber,
    profilePhoto,
    region,
    area,
    load: work.length,
    now:
      ticket?.latestStatus == null
        ? null
        : {
            id: ticket.documentId,
            ticketId: ticket.ticketId,
            status: ticket.latestStatus,
            taskStatus: ticket.latestTaskStatus,
          },
    position: latest === undefined ? null : { ...latest, at: latest.at.toISOString() },
  };
};
