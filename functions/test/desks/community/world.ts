import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { communitySeed } from '../../../../scripts/seed/community.ts';
import { play } from '../../../../scripts/seed/play.ts';
import { commentsOn, comments, tickets } from '../../../src/desks/community/records.ts';
import type { Role } from '../../../src/desks/community/domain/vocabulary.ts';
import type { Collection } from '../../../src/kernel/store/collection.ts';
import { at, type Received, type Sending, send } from '../../support/client.ts';
import type { TestApi } from '../../support/harness.ts';
import { personWith } from '../person.ts';

/** Somebody with a session. */
export interface Member {
  readonly id: string;
  readonly cookie: string;
}

/** A person's company, community and number; by default those of the demo data. */
export interface Belonging {
  readonly companyId?: number | null;
  readonly communityId?: number | null;
  readonly residentId?: number | null;
}

const USUAL = {
  RESIDENT: { companyId: 1, communityId: 1, residentId: 1 },
  ADMIN_COMPANY: { companyId: 1, communityId: null, residentId: null },
  SYSTEM_ADMIN: { companyId: null, communityId: null, residentId: null },
} as const satisfies Record<Role, Belonging>;

/** What tests of the community desk need around them: its demo data, people and tickets. */
export const communityWorld = (api: TestApi) => {
  const { url, runtime } = api;
  const call = (method: string, path: string, sending: Sending = {}) =>
    send(url, method, `/api${path}`, sending);

  /** Creates a person with this access and opens a session. */
  const withAccess = (access: object, name = 'Admin'): Promise<Member> =>
    personWith(api, { ...access }, { name });

  const member = (role: Role, belonging: Belonging = {}, name = 'Ana Torres'): Promise<Member> =>
    withAccess({ community: { role, ...USUAL[role], ...belonging, active: true } }, name);

  const numberIn = (answer: Received): number => {
    expect(answer.status, answer.text).to.equal(201);
    return Number(at(answer.body, 'id'));
  };

  const create = async (as: Member, path: string, body: unknown): Promise<number> =>
    numberIn(await call('POST', path, { as, body }));

  const open = (as: Member, more: object = {}): Promise<number> =>
    create(as, '/tickets', { categoriaTicketId: 1, contenido: 'No hay agua.', ...more });

  const commentOf = (ticket: number, more: object = {}) => ({
    origen: 'ticket',
    idOrigen: String(ticket),
    comentarioTexto: 'Sigue igual.',
    ...more,
  });

  const comment = (as: Member, ticket: number, more: object = {}): Promise<number> =>
    create(as, '/comentarios', commentOf(ticket, more));

  const read = async <T>(from: Collection<T>, id: number): Promise<T | undefined> => {
    const key = from.doc(String(id));
    return (await runtime.store.get(key))?.data;
  };

  return {
    call,
    withAccess,
    member,
    create,
    open,
    commentOf,
    comment,
    fill: () => play(runtime, communitySeed, runtime.now()),
    ticket: (id: number) => read(tickets, id),
    commentBy: (id: number) => read(comments, id),
    /** The comments of a ticket, also when the ticket itself is deleted. */
    commentsOn: async (id: number) => {
      const found = await commentsOn(runtime.store, { id });
      return found.map(({ data }) => data);
    },
    newCode: () => `C_${randomUUID().replaceAll('-', '_').toUpperCase()}`,
  };
};

export type CommunityWorld = ReturnType<typeof communityWorld>;
