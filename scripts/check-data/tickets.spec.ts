import { expect } from 'chai';
import { openTicket as openCommunity } from '../../functions/src/desks/community/domain/ticket.ts';
import { openTicket as openIsp } from '../../functions/src/desks/isp/domain/ticket.ts';
import { type Contact, createTicketBody } from '../../functions/src/desks/urban/domain/schemas.ts';
import { decide, openTicket as openUrban } from '../../functions/src/desks/urban/domain/ticket.ts';
import { keywordsOf } from '../../functions/src/kernel/keywords.ts';
import { sourceOf } from '../../functions/test/support/document-source.ts';
import { DESK_CHECKS } from './desks.ts';
import { walk } from './walk.ts';

type Documents = Map<string, Readonly<Record<string, unknown>>>;

const NOW = new Date('2026-11-25T12:00:00.000Z');
const dates = { createdAt: NOW, updatedAt: NOW };

const opened = <T>(opening: { ok: true; ticket: (id: number) => T } | { ok: false }): T => {
  if (!opening.ok) throw new Error('it can be opened');
  return opening.ticket(1);
};

/** A ticket with a comment and a reply to it, and all that they name. */
const community = (): Documents => {
  const company = { id: 1, name: 'Andes', keywords: keywordsOf('Andes'), ...dates };
  const home = { ...company, companyId: 1 };
  const resident = { id: 1, communityId: 1, companyId: 1, name: 'Ana', uid: null, ...dates };
  const category = { id: 1, descripcion: 'Otros', ...dates };
  const status = { id: 1, codigo: 'NUEVO', descripcion: 'Nuevo', color: '#000000', ...dates };
  const place = { companyId: 1, communityId: 1, residentId: 1 };
  const ana = { uid: 'ana', name: 'Ana', role: 'RESIDENT', ...place } as const;
  const asked = { categoriaTicketId: 1, contenido: 'No hay agua.', imageUrls: [] };
  const ticket = opened(openCommunity(asked, { category, resident }, ana, NOW));
  const said = {
    origen: 'ticket',
    idOrigen: '1',
    comentarioTexto: 'Sigue igual.',
    imageUrls: [],
    authorUid: 'ana',
    authorName: 'Ana',
    ticketResidentId: 1,
    ...place,
    ...dates,
  };
  return new Map<string, Readonly<Record<string, unknown>>>([
    ['companies/1', company],
    ['communities/1', home],
    ['residents/1', { ...resident, keywords: keywordsOf('Ana') }],
    ['categoriaTickets/1', category],
    ['statusTickets/1', status],
    ['communityTickets/1', { ...ticket, commentCount: 2 }],
    ['comentarios/1', { id: 1, idComment: null, ...said }],
    ['comentarios/2', { id: 2, idComment: 1, ...said }],
    [
      'comentarios/3',
      {
        id: 3,
        idComment: null,
        ...said,
        origen: 'event',
        communityId: null,
        ticketResidentId: null,
      },
    ],
  ]);
};

/** An open ticket of a subscriber, with a reply. */
const isp = (): Documents => {
  const john = { id: 1, ispId: 1, branchId: 1, name: 'John Doe', phone: null, address: null };
  const staff = { role: 'staff', userId: 1, ispId: 1, branchIds: [1], name: 'Admin' } as const;
  const place = { isp_id: 1, branch_id: 1, user_id: 1 };
  const asked = {
    ...place,
    title: 'No line',
    description: '',
    priority: 1,
    subscriber_id: 1,
  } as const;
  const ticket = opened(openIsp(asked, { ...john, ...dates }, staff, NOW));
  const reply = { id: 1, ticketId: 1, ispId: 1, branchId: 1, message: 'Yes?', userId: 1 };
  const of = { openedBy: 1, title: 'No line' };
  return new Map<string, Readonly<Record<string, unknown>>>([
    ['ispSubscribers/1', { ...john, keywords: keywordsOf('John Doe'), ...dates }],
    ['ispTickets/1', { ...ticket, replyCount: 1 }],
    ['ispThreads/1', { ticketId: 1 }],
    ['ispReplies/1', { ...reply, ...of, userName: 'Admin', createdAt: NOW }],
  ]);
};

const contact = (id: string): Contact => ({
  id,
  fullname: id,
  phoneNumber: '',
  profilePhoto: null,
});
const ID = '6f1d0c5e-8a4b-4e39-b7d2-c90a51e3f874';
const LIFT = `urbanTickets/${ID}`;
const UPLOAD = `uploads/${ID}`;

/** A ticket in progress. */
const urban = (): Documents => {
  const body = { category: 'OTHER', title: 'Lift', description: 'Stuck' } as const;
  const owner = { self: contact('owner'), permissions: ['ticket:write'] } as const;
  const ticket = openUrban(createTicketBody.parse(body), owner, LIFT.slice(13), NOW);
  const assign = { name: 'assign', technician: contact('tina') } as const;
  const assigned = decide(assign, ticket, owner, NOW);
  if (!assigned.ok) throw new Error(assigned.refusal);
  const setting = { pendingHours: 1, inProgressHours: 2, updatedAt: NOW };
  return new Map<string, Readonly<Record<string, unknown>>>([
    [LIFT, { ...ticket, ...assigned.patch }],
    ['settings/urban-overdue', setting],
  ]);
};

const logged = (from: string | null, to: string) => ({
  from,
  to,
  at: NOW,
  by: { id: 'x', fullname: 'X' },
});

/** Fields that documents from before do not have. */
const LATER = new Set(['statusLog', 'keywords', 'openedBy', 'ticketResidentId']);

const SOUND = { community, isp, urban } as const;

/** The desk, a document with a wrong field or a deleted one, and the fields that must be reported. */
const BROKEN: readonly (readonly [
  desk: keyof typeof SOUND,
  title: string,
  path: string,
  patch: object | null,
  ...expected: readonly string[],
])[] = [
  ['community', 'a count of comments that is wrong', 'communityTickets/1', { commentCount: 1 }],
  ['community', 'a comment that is lost', 'comentarios/2', null, 'communityTickets/1 commentCount'],
  [
    'community',
    'comments without their ticket',
    'communityTickets/1',
    null,
    'comentarios/1 idOrigen',
  ],
  ['community', 'a reply to no comment', 'comentarios/1', null, 'comentarios/2 idComment'],
  [
    'community',
    'a reply elsewhere',
    'comentarios/1',
    { idOrigen: '2' },
    'comentarios/2 idComment.idOrigen',
  ],
  ['community', 'a comment of another company', 'comentarios/1', { companyId: 2 }],
  ['community', 'a comment that names another resident', 'comentarios/1', { ticketResidentId: 2 }],
  [
    'community',
    'a comment on no ticket that names a resident',
    'comentarios/3',
    { ticketResidentId: 1 },
  ],
  ['community', 'a comment on no ticket in a community', 'comentarios/3', { communityId: 1 }],
  ['community', 'a ticket of no resident', 'residents/1', null, 'communityTickets/1 residentId'],
  [
    'community',
    'a ticket of no category',
    'categoriaTickets/1',
    null,
    'communityTickets/1 categoriaTicketId',
  ],
  ['community', 'a ticket of no status', 'statusTickets/1', null, 'communityTickets/1 statusId'],
  ['community', 'a resident of no community', 'communities/1', null, 'residents/1 communityId'],
  ['community', 'a community of no company', 'companies/1', null, 'communities/1 companyId'],
  ['community', 'a resident of another company', 'residents/1', { companyId: 2 }],
  [
    'community',
    'a status that nobody set',
    'communityTickets/1',
    { statusId: 2 },
    'communityTickets/1 statusLog',
  ],
  ['community', 'keywords of other words', 'communityTickets/1', { keywords: ['no'] }],
  ['community', 'an image that is not there', 'communityTickets/1', { imageUrls: [UPLOAD] }],
  ['community', 'the same in a comment', 'comentarios/1', { imageUrls: [UPLOAD] }],
  ['community', 'keywords of another name', 'residents/1', { keywords: ['no'] }],
  ['isp', 'a count of replies that is wrong', 'ispTickets/1', { replyCount: 0 }],
  ['isp', 'a reply that is lost', 'ispReplies/1', null, 'ispTickets/1 replyCount'],
  [
    'isp',
    'a reply without its ticket',
    'ispTickets/1',
    null,
    'ispReplies/1 ticketId',
    'ispThreads/1 ticketId',
  ],
  ['isp', 'a reply of another branch', 'ispReplies/1', { branchId: 2 }],
  ['isp', 'a reply that names another opener', 'ispReplies/1', { openedBy: 2 }],
  ['isp', 'an open ticket without a thread', 'ispThreads/1', null, 'ispTickets/1 status'],
  ['isp', 'a status that nobody set', 'ispTickets/1', { status: 1 }, 'ispTickets/1 statusLog'],
  ['isp', 'a ticket of no subscriber', 'ispSubscribers/1', null, 'ispTickets/1 subscriberName'],
  [
    'isp',
    'an old name of a subscriber',
    'ispSubscribers/1',
    { name: 'Jane' },
    'ispTickets/1 subscriberName',
  ],
  [
    'isp',
    'a name without a subscriber',
    'ispTickets/1',
    { subscriberId: null },
    'ispTickets/1 subscriberName',
  ],
  ['isp', 'keywords of other words', 'ispTickets/1', { keywords: ['no'] }],
  ['isp', 'a subscriber’s keywords of other words', 'ispSubscribers/1', { keywords: ['no'] }],
  ['urban', 'work by nobody', LIFT, { assignedTo: null, technician: null }, `${LIFT} assignedTo`],
  ['urban', 'work that has not begun', LIFT, { status: 'PENDING' }, `${LIFT} assignedTo`],
  [
    'urban',
    'another technician than is assigned',
    LIFT,
    { technician: contact('x') },
    `${LIFT} technician.id`,
  ],
  ['urban', 'another person than opened it', LIFT, { userId: 'x' }, `${LIFT} user.id`],
  ['urban', 'a status that nobody set', LIFT, { status: 'COMPLETED' }, `${LIFT} statusLog`],
  [
    'urban',
    'a gap in the log',
    LIFT,
    { statusLog: [logged(null, 'PENDING'), logged('COMPLETED', 'IN_PROGRESS')] },
    `${LIFT} statusLog.1.from`,
  ],
  ['urban', 'an attachment that is not there', LIFT, { attachments: [`/api/urban/media/${ID}`] }],
  ['urban', 'keywords of other words', LIFT, { keywords: ['no'] }],
  ['urban', 'a setting without hours', 'settings/urban-overdue', { pendingHours: 0 }],
  [
    'urban',
    'hours of no category',
    'settings/urban-overdue',
    { categories: { HEATING: { pendingHours: 1, inProgressHours: 1 } } },
    'settings/urban-overdue categories',
  ],
];

describe('check:data of the tickets of the other desks', () => {
  const check = async (desk: keyof typeof SOUND, documents: Documents): Promise<string[]> => {
    const breaches = await walk(sourceOf(documents, NOW), [DESK_CHECKS[desk]], { now: NOW });
    return breaches.map(({ document, field }) => `${document} ${field}`);
  };

  for (const desk of ['community', 'isp', 'urban'] as const) {
    it(`finds nothing in sound documents of the desk ${desk}`, async () => {
      expect(await check(desk, SOUND[desk]())).to.deep.equal([]);
    });

    it(`accepts tickets of the desk ${desk} from before there were logs, searches and copies`, async () => {
      const documents = SOUND[desk]();
      for (const [path, data] of documents) {
        const before = Object.entries(data).filter(([field]) => !LATER.has(field));
        documents.set(path, Object.fromEntries(before));
      }
      expect(await check(desk, documents)).to.deep.equal([]);
    });
  }

  for (const [desk, title, path, patch, ...expected] of BROKEN) {
    it(`reports ${title} at the desk ${desk}`, async () => {
      const documents = SOUND[desk]();
      if (patch === null) documents.delete(path);
      else documents.set(path, { ...documents.get(path), ...patch });
      const own = Object.keys(patch ?? {}).map((field) => `${path} ${field}`);
      expect(await check(desk, documents)).to.include.members(expected.length > 0 ? expected : own);
    });
  }
});
