import { z } from 'zod';
import type { CreateTicket } from '../../../functions/src/desks/cgs/domain/schemas.ts';
import { idOf, uidOf } from '../people.ts';
import { uploadPhoto } from '../photo.ts';
import type { Act, Scene, Step, Story } from '../play.ts';

export const ticketId = (name: string): string => idOf(`ticket ${name}`);
export const clientId = (cid: string): string => idOf(`client ${cid}`);

const shownSchema = z.object({
  data: z.object({
    result: z.object({
      client: z.object({ coordinate: z.string().nullable() }),
      ticketLogs: z.array(
        z.object({ evidenceId: z.string().nullish(), isApproved: z.boolean().nullish() }),
      ),
    }),
  }),
});

const read = async ({ send }: Scene, id: string) =>
  shownSchema.parse(await send(`GET /v1/tickets/${id}`)).data.result;

const give =
  (path: string, body?: object): Act =>
  ({ send }, id) =>
    send(`POST /v1/tickets/${id}/${path}`, body);

/** A command with a photo. */
const show =
  (path: string, remark: string, locationCoordinate: string | null): Act =>
  async (scene, id) => {
    const mediaUrl = await uploadPhoto(scene, '/v1');
    return give(path, { mediaUrl, remark, locationCoordinate })(scene, id);
  };

const showAtClient =
  (path: string) =>
  (remark: string): Act =>
  async (scene, id) => {
    const { client } = await read(scene, id);
    return show(path, remark, client.coordinate ?? '-6.2,106.8')(scene, id);
  };

export const accept = give('ticketStatus/accept');
export const depart = give('ticketStatus/onTheWay');
export const resume = give('ticketStatus/resume');
export const breach: Act = ({ runClock }) => runClock();
export const assign = (name: string, remark: string): Act =>
  give('assign', { focId: uidOf(name), remark });
export const checkIn = showAtClient('ticketStatus/checkedIn');
export const finish = showAtClient('taskStatus/finishing');
export const work = (
  task: 'checking' | 'pullingCable' | 'jointing' | 'tidying' | 'linkChecking',
  remark: string,
): Act => show(`taskStatus/${task}`, remark, null);
export const askReplacement = (remark: string): Act => give('reassign', { remark });
export const pend = (pendingCategory: string, pendingInterval: number, remark: string): Act =>
  give('ticketStatus/pending', { pendingCategory, pendingInterval, remark });
export const cancel = (cancelCategory: string, remark: string): Act =>
  give('ticketStatus/cancel', { cancelCategory, remark });
export const note = (remark: string): Act => give('notes', { remark });

const answer =
  (approved: boolean, body?: object): Act =>
  async (scene, id) => {
    const { ticketLogs } = await read(scene, id);
    const waiting = ticketLogs.find(({ isApproved }) => isApproved === null);
    return give(`validate/${waiting?.evidenceId}/${approved}`, body)(scene, id);
  };

export const approve: Act = answer(true);
export const refuse = (approvalRemark: string): Act => answer(false, { approvalRemark });

type Given = 'type' | 'source' | 'indicationCategory' | 'networkSegment';

/** What a ticket is opened with; `publishedIn`: minutes until a draft is published. */
type Request = Pick<CreateTicket, Given> &
  Partial<CreateTicket> & { readonly publishedIn?: number };

/**
 * A ticket's story. The ticket's id follows from the name: never change it. A ticket without a
 * client's cid has no SLA.
 */
export const ticket = (
  name: string,
  cid: string | null,
  [ago, by]: readonly [ago: number, by: string],
  { publishedIn, ...request }: Request,
  ...steps: readonly Step[]
): Story => {
  const id = ticketId(name);
  const open: Act = ({ send, minutesAgo }) =>
    send('POST /v1/tickets', {
      ...request,
      client: cid && clientId(cid),
      ...(publishedIn === undefined ? {} : { publishedAt: minutesAgo(-publishedIn) }),
    });
  return { unless: [`tickets/${id}`], ids: [id], steps: [[ago, by, open], ...steps] };
};

/** What most requests for a ticket have in common, by kind of fault. */
export const cut = {
  type: 'Trouble',
  indicationCategory: 'FiberCut',
  networkSegment: 'Access',
} as const;
export const planned = {
  type: 'Maintenance',
  source: 'Email',
  indicationCategory: 'Bending',
  networkSegment: 'Fishbone',
} as const;
export const dead = {
  type: 'Trouble',
  indicationCategory: 'Device',
  networkSegment: 'Access',
} as const;
