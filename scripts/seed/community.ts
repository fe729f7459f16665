import { addComment } from '../../functions/src/desks/community/domain/comment.ts';
import { memberOf } from '../../functions/src/desks/community/people.ts';
import {
  builtInKeys,
  builtInWrites,
  categories,
  comments,
  communities,
  companies,
  counterOf,
  type Kind,
  residents,
  tickets,
} from '../../functions/src/desks/community/records.ts';
import type {
  Category,
  Comment,
  Resident,
  Status,
  Ticket,
} from '../../functions/src/desks/community/domain/schemas.ts';
import {
  editTicket,
  type Member,
  openTicket,
} from '../../functions/src/desks/community/domain/ticket.ts';
import {
  CANCELADO,
  STATUSES,
  TICKET_ORIGIN,
} from '../../functions/src/desks/community/domain/vocabulary.ts';
import type { Refused } from '../../functions/src/kernel/decision.ts';
import { anyDocument, type Reads, type Write } from '../../functions/src/kernel/store/document.ts';
import { commitDecided } from './create-missing.ts';
import type { DemoPerson, DeskSeed } from './desk-seed.ts';
import { personOf } from './people.ts';

const person = (
  [email, name, number]: readonly [string, string, string],
  role: string,
  shown: string,
  [companyId, communityId, residentId]: readonly (number | null)[],
): DemoPerson => ({
  email: `${email}@crewline.test`,
  name,
  nik: number,
  phoneNumber: `08150000${number}`,
  shown: { role: shown },
  access: { community: { role, companyId, communityId, residentId, active: true } },
});

const lives = (communityId: number) => `RESIDENT of community ${communityId}`;

const ONE = person(['resident1', 'Ana Torres', '4001'], 'RESIDENT', lives(1), [1, 1, 1]);
const TWO = person(['resident2', 'Luis Medina', '4002'], 'RESIDENT', lives(1), [1, 1, 2]);
const THREE = person(['resident3', 'Carla Rojas', '4003'], 'RESIDENT', lives(2), [2, 2, 3]);
const ADMIN = person(
  ['admin.company', 'Jorge Salas', '4004'],
  'ADMIN_COMPANY',
  'ADMIN_COMPANY of company 1',
  [1, null, null],
);
const SYSTEM = person(['system.admin', 'Elena Prado', '4005'], 'SYSTEM_ADMIN', 'SYSTEM_ADMIN', [
  null,
  null,
  null,
]);
const PEOPLE = [ONE, TWO, THREE, ADMIN, SYSTEM];

const COMPANIES = ['Administradora Andes', 'Condominios del Valle'];
const COMMUNITIES = ['Residencial Los Álamos', 'Torres del Parque'];
const CATEGORIES = [
  'Áreas comunes',
  'Amenidades',
  'Mantenimiento',
  'Seguridad',
  'Solicitudes administrativas',
  'Otros',
];

interface Story {
  readonly by: DemoPerson;
  /** Minutes before now at which it was opened; the steps count from then. */
  readonly ago: number;
  readonly category: number;
  readonly contenido: string;
  readonly images?: readonly string[];
  /** What was said or set, by whom, and how many minutes after the step before. */
  readonly steps: readonly (readonly [after: number, by: DemoPerson, done: string | number])[];
}

/** In the order of their opening, which is that of their numbers. */
const STORIES: readonly Story[] = [
  {
    by: ONE,
    ago: 5760,
    category: 3,
    contenido: 'La luz del pasillo del tercer piso no enciende.',
    images: ['uploads/tickets/1/photo.jpg'],
    steps: [
      [60, ADMIN, 'Recibido, enviamos al electricista hoy.'],
      [1, ADMIN, 4],
      [1400, ADMIN, 'Se cambió el balasto.'],
      [1, ADMIN, 6],
      [30, ONE, 'Funciona, muchas gracias.'],
    ],
  },
  {
    by: TWO,
    ago: 4300,
    category: 2,
    contenido: 'Quisiera reservar la terraza el domingo.',
    steps: [
      [15, TWO, 'Ya no hace falta, la fiesta se movió.'],
      [1, TWO, CANCELADO],
    ],
  },
  {
    by: THREE,
    ago: 2900,
    category: 4,
    contenido: 'La puerta del estacionamiento queda abierta por las noches.',
    steps: [
      [40, SYSTEM, 3],
      [5, SYSTEM, 'Revisamos las cámaras de esta semana.'],
    ],
  },
  {
    by: TWO,
    ago: 1500,
    category: 3,
    contenido: 'Fuga de agua en la bomba del jardín.',
    steps: [
      [20, ADMIN, 2],
      [10, ADMIN, 4],
      [200, ONE, 'También moja la rampa de acceso.'],
    ],
  },
  {
    by: ONE,
    ago: 300,
    category: 5,
    contenido: 'Solicito copia del reglamento interno.',
    steps: [[30, ADMIN, 2]],
  },
  {
    by: ONE,
    ago: 45,
    category: 1,
    contenido: 'El contenedor de reciclaje está lleno.',
    steps: [],
  },
];

const before = (now: Date, minutes: number): Date => new Date(now.getTime() - minutes * 60_000);

const must = <T extends { readonly ok: true }>(outcome: T | Refused, what: string): T => {
  if (outcome.ok) return outcome;
  throw new Error(`the demo ticket "${what}" is refused: ${outcome.refusal}`);
};

const memberIn = (each: DemoPerson, now: Date): Member => {
  const member = memberOf(personOf(each, now));
  if (member === undefined) throw new Error(`${each.email} has no access to the community desk`);
  return member;
};

/** What there is around the tickets. */
export const neighbourhoodAt = (now: Date) => {
  const added = before(now, 60 * 24 * 90);
  const row = (index: number) => ({ id: index + 1, createdAt: added, updatedAt: added });
  const living: Resident[] = [ONE, TWO, THREE].map((each, index) => {
    const { companyId, communityId } = memberIn(each, now);
    if (companyId === null || communityId === null) throw new Error(`${each.email} lives nowhere`);
    const { id: uid, name } = personOf(each, now);
    return { ...row(index), companyId, communityId, name, uid };
  });
  return {
    companies: COMPANIES.map((name, index) => ({ ...row(index), name })),
    communities: COMMUNITIES.map((name, index) => ({ ...row(index), companyId: index + 1, name })),
    residents: living,
    categories: CATEGORIES.map((descripcion, index): Category => ({ ...row(index), descripcion })),
    statuses: STATUSES.map((each): Status => ({ ...each, createdAt: added, updatedAt: added })),
  };
};

/** All tickets with their comments, as the desk's own decisions leave them. */
export const ticketsAt = (now: Date): { tickets: Ticket[]; comments: Comment[] } => {
  const around = neighbourhoodAt(now);
  const said: Comment[] = [];
  const opened = STORIES.map((story, index) => {
    const { by, category: categoriaTicketId, contenido, images = [], steps } = story;
    const resident = around.residents.find(({ uid }) => uid === memberIn(by, now).uid);
    const category = around.categories.find(({ id }) => id === categoriaTicketId);
    const asked = { categoriaTicketId, contenido, imageUrls: [...images] };
    let at = before(now, story.ago);
    const opening = openTicket(asked, { category, resident }, memberIn(by, now), at);
    let ticket = must(opening, contenido).ticket(index + 1);
    for (const [after, who, done] of steps) {
      at = new Date(at.getTime() + after * 60_000);
      const member = memberIn(who, now);
      if (typeof done === 'number') {
        const status = around.statuses.find(({ id }) => id === done);
        const editing = editTicket({ statusId: done }, { category, status }, ticket, member, at);
        ticket = { ...ticket, ...must(editing, contenido).patch };
      } else {
        const body = { origen: TICKET_ORIGIN, idOrigen: String(ticket.id), imageUrls: [] };
        const subject = { ticket, company: undefined, parent: undefined };
        const adding = addComment({ ...body, comentarioTexto: done }, subject, member, at);
        said.push(must(adding, contenido).comment(0));
        ticket = { ...ticket, commentCount: ticket.commentCount + 1 };
      }
    }
    return ticket;
  });
  const inOrder = said.toSorted((one, other) => Number(one.createdAt) - Number(other.createdAt));
  return { tickets: opened, comments: inOrder.map((each, index) => ({ ...each, id: index + 1 })) };
};

const KINDS = ['company', 'community', 'resident', 'category', 'ticket', 'comment'] as const;

const counterPath = (kind: Kind): string => {
  const { collection, id } = counterOf(kind)();
  return `${collection}/${id}`;
};

/** All of it, or none once the desk has numbered anything. */
const writesAt = (reads: Reads, now: Date): Write[] => {
  if (KINDS.some((kind) => reads.get(anyDocument(counterPath(kind))) !== undefined)) return [];
  const around = neighbourhoodAt(now);
  const told = ticketsAt(now);
  const creates = {
    company: around.companies.map((each) => companies.create(String(each.id), each)),
    community: around.communities.map((each) => communities.create(String(each.id), each)),
    resident: around.residents.map((each) => residents.create(String(each.id), each)),
    category: around.categories.map((each) => categories.create(String(each.id), each)),
    ticket: told.tickets.map((each) => tickets.create(String(each.id), each)),
    comment: told.comments.map((each) => comments.create(String(each.id), each)),
  } satisfies Record<(typeof KINDS)[number], Write[]>;
  const counters = KINDS.map(
    (kind): Write => ({
      op: 'create',
      path: counterPath(kind),
      data: { count: creates[kind].length },
    }),
  );
  return [...Object.values(creates).flat(), ...counters, ...builtInWrites(reads, now)];
};

export const communitySeed: DeskSeed = {
  people: PEOPLE,
  fill: (store, now) => {
    const paths = [...KINDS.map(counterPath), ...builtInKeys.map(({ path }) => path)];
    return commitDecided(store, paths, (reads) => writesAt(reads, now));
  },
};
