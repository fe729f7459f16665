/** Roles, built-in statuses, limits and refusals of the community desk. */

export const ROLES = ['RESIDENT', 'ADMIN_COMPANY', 'SYSTEM_ADMIN'] as const;
export type Role = (typeof ROLES)[number];

export const ADMINS = ['ADMIN_COMPANY', 'SYSTEM_ADMIN'] as const satisfies readonly Role[];

/** The built-in statuses; an administrator may add more, from 7 on. */
export const STATUSES = [
  { id: 1, codigo: 'NUEVO', descripcion: 'Nuevo', color: '#3B82F6' },
  { id: 2, codigo: 'EN_REVISION', descripcion: 'En revisión', color: '#F59E0B' },
  { id: 3, codigo: 'EN_INVESTIGACION', descripcion: 'En investigación', color: '#8B5CF6' },
  { id: 4, codigo: 'EN_PROCESO', descripcion: 'En proceso', color: '#06B6D4' },
  { id: 5, codigo: 'CANCELADO', descripcion: 'Cancelado', color: '#6B7280' },
  { id: 6, codigo: 'RESUELTO', descripcion: 'Resuelto', color: '#10B981' },
] as const;

/** The contract's categories, which the first company begins with; their numbers are 1 to 6. */
export const CATEGORIES = [
  'Áreas comunes',
  'Amenidades',
  'Mantenimiento',
  'Seguridad',
  'Solicitudes administrativas',
  'Otros',
] as const;

/** The statuses that the rules name: that of a new ticket, and that of a cancelled one. */
export const NUEVO = STATUSES[0].id;
export const CANCELADO = STATUSES[4].id;

/** The origin of comments on tickets. Comments of any other origin are for a company's people. */
export const TICKET_ORIGIN = 'ticket';

/** The most characters of each text. */
export const LONGEST = {
  contenido: 4000,
  comentarioTexto: 4000,
  origen: 50,
  idOrigen: 50,
  imageUrl: 500,
  name: 200,
  codigo: 50,
} as const;

export const MOST_IMAGES = 20;

/**
 * The most comments of a ticket: one commit deletes them with it. Simultaneous comments may exceed
 * it by a few.
 */
export const MOST_COMMENTS = 400;

/** Each refusal of the desk: its HTTP status, and a message that says what the caller can do. */
export const REFUSALS = {
  'ticket/not-found': { status: 404, message: 'There is no such ticket, or you may not see it.' },
  'ticket/not-yours': {
    status: 403,
    message: 'Only its resident or an administrator may do this.',
  },
  'ticket/status-not-yours': {
    status: 403,
    message: 'A resident may set no status but Cancelado.',
  },
  'ticket/not-new': {
    status: 409,
    message: 'Only a ticket that is still Nuevo can be cancelled by its resident.',
  },
  'ticket/full': {
    status: 409,
    message: `This ticket has ${MOST_COMMENTS} comments and takes no more. Open a new one.`,
  },
  'category/unknown': { status: 400, message: 'There is no such category.' },
  'status/unknown': { status: 400, message: 'There is no such status.' },
  'resident/needed': { status: 400, message: 'Send residentId or communityId.' },
  'resident/unknown': { status: 400, message: 'There is no such resident within your reach.' },
  'resident/not-yours': { status: 403, message: 'A resident opens tickets for themselves only.' },
  'resident/unregistered': {
    status: 403,
    message: 'You are not registered as a resident any more; ask your administrator.',
  },
  'community/no-resident': {
    status: 400,
    message: 'There is no such community within your reach, or nobody lives in it yet.',
  },
  'company/needed': {
    status: 400,
    message: 'Send the companyId whose people may read the comment.',
  },
  'company/unknown': { status: 400, message: 'There is no such company within your reach.' },
  'comment/not-found': { status: 404, message: 'There is no such comment, or you may not see it.' },
  'comment/not-yours': { status: 403, message: 'Only its author or an administrator may do this.' },
  'comment/parent-unknown': {
    status: 400,
    message: 'A reply needs a comment of the same origin to reply to.',
  },
  'comment/has-replies': {
    status: 409,
    message: 'This comment has replies. Delete those first, or change its text.',
  },
  'record/not-found': { status: 404, message: 'There is no such record, or you may not see it.' },
  'record/parent-unknown': { status: 400, message: 'There is no such record within your reach.' },
  'record/in-use': {
    status: 409,
    message: 'This record is in use: change or delete what belongs to it first.',
  },
  'status/built-in': { status: 409, message: 'The first six statuses can not be deleted.' },
  'status/code-taken': { status: 409, message: 'Another status has this codigo.' },
} as const satisfies Record<string, { status: number; message: string }>;
export type Refusal = keyof typeof REFUSALS;
