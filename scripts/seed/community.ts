import { counterOf, type Kind } from '../../functions/src/desks/community/records.ts';
import { CANCELADO, TICKET_ORIGIN } from '../../functions/src/desks/community/domain/vocabulary.ts';
import { type DemoPerson, emailOf, uidOf } from './people.ts';
import { uploadPhoto } from './photo.ts';
import { type Act, type DeskSeed, LONG_AGO, type Step } from './play.ts';

type Numbers = readonly [company: number | null, community: number | null, resident: number | null];

const person = (
  [email, name, number]: readonly [string, string, string],
  role: string,
  shown: string,
  [companyId, communityId, residentId]: Numbers,
): DemoPerson => ({
  email: emailOf(email),
  name,
  nik: number,
  phoneNumber: `08150000${number}`,
  shown: { role: shown },
  access: { community: { role, companyId, communityId, residentId, active: true } },
});

const ADMIN = 'admin.company';
const SYSTEM = 'system.admin';
const LIVING = [
  person(['resident1', 'Ana Torres', '4001'], 'RESIDENT', 'RESIDENT of community 1', [1, 1, 1]),
  person(['resident2', 'Luis Medina', '4002'], 'RESIDENT', 'RESIDENT of community 1', [1, 1, 2]),
  person(['resident3', 'Carla Rojas', '4003'], 'RESIDENT', 'RESIDENT of community 2', [2, 2, 3]),
];
const PEOPLE = [
  ...LIVING,
  person([ADMIN, 'Jorge Salas', '4004'], 'ADMIN_COMPANY', 'ADMIN_COMPANY of company 1', [
    1,
    null,
    null,
  ]),
  person([SYSTEM, 'Elena Prado', '4005'], 'SYSTEM_ADMIN', 'SYSTEM_ADMIN', [null, null, null]),
];

const adding =
  (path: string) =>
  (body: object): Act =>
  ({ send }) =>
    send(`POST /api/${path}`, body);

/** The records that tickets need, in the order of their numbers. */
const RECORDS: readonly Act[] = [
  ...['Administradora Andes', 'Condominios del Valle'].map((name) => adding('companies')({ name })),
  ...['Residencial Los Álamos', 'Torres del Parque'].map((name, index) =>
    adding('communities')({ companyId: index + 1, name }),
  ),
  ...['resident1', 'resident2', 'resident3'].map((name, index) =>
    adding('residents')({
      communityId: index === 2 ? 2 : 1,
      name: LIVING[index]?.name,
      uid: uidOf(name),
    }),
  ),
];

const open = (categoriaTicketId: number, contenido: string): Act =>
  adding('tickets')({ categoriaTicketId, contenido, imageUrls: [] });

const openWithPhoto =
  (categoriaTicketId: number, contenido: string): Act =>
  async (scene, id) => {
    const imageUrls = [await uploadPhoto(scene, '/api')];
    return adding('tickets')({ categoriaTicketId, contenido, imageUrls })(scene, id);
  };

const say =
  (comentarioTexto: string): Act =>
  ({ send }, idOrigen) =>
    send('POST /api/comentarios', { origen: TICKET_ORIGIN, idOrigen, comentarioTexto });

const set =
  (statusId: number): Act =>
  ({ send }, id) =>
    send(`PUT /api/tickets/${id}`, { statusId });

/** In the order in which they were opened and numbered. */
const TICKETS: readonly (readonly Step[])[] = [
  [
    [5760, 'resident1', openWithPhoto(3, 'La luz del pasillo del tercer piso no enciende.')],
    [5700, ADMIN, say('Recibido, enviamos al electricista hoy.')],
    [5699, ADMIN, set(4)],
    [4299, ADMIN, say('Se cambió el balasto.')],
    [4298, ADMIN, set(6)],
    [4268, 'resident1', say('Funciona, muchas gracias.')],
  ],
  [
    [4300, 'resident2', open(2, 'Quisiera reservar la terraza el domingo.')],
    [4285, 'resident2', say('Ya no hace falta, la fiesta se movió.')],
    [4284, 'resident2', set(CANCELADO)],
  ],
  [
    [2900, 'resident3', open(4, 'La puerta del estacionamiento queda abierta por las noches.')],
    [2860, SYSTEM, set(3)],
    [2855, SYSTEM, say('Revisamos las cámaras de esta semana.')],
  ],
  [
    [1500, 'resident2', open(3, 'Fuga de agua en la bomba del jardín.')],
    [1480, ADMIN, set(2)],
    [1470, ADMIN, set(4)],
    [1270, 'resident1', say('También moja la rampa de acceso.')],
  ],
  [
    [300, 'resident1', open(5, 'Solicito copia del reglamento interno.')],
    [270, ADMIN, set(2)],
  ],
  [[45, 'resident1', open(1, 'El contenedor de reciclaje está lleno.')]],
];

const KINDS = ['company', 'community', 'resident', 'ticket', 'comment'] as const;

/** All or nothing: nothing once the desk has numbered anything, because access names numbers. */
const unless = KINDS.map((kind: Kind) => {
  const { collection, id } = counterOf(kind)();
  return `${collection}/${id}`;
});

export const communitySeed: DeskSeed = {
  people: PEOPLE,
  stories: [
    { unless, steps: RECORDS.map((act, index) => [LONG_AGO - index, SYSTEM, act]) },
    ...TICKETS.map((steps) => ({ unless, steps })),
  ],
};
