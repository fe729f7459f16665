import {
  categories,
  comments,
  residents,
  statuses,
  tickets,
} from '../../../src/desks/community/records.ts';
import { CATEGORIES, STATUSES } from '../../../src/desks/community/domain/vocabulary.ts';
import type { Collection } from '../../../src/kernel/store/collection.ts';
import {
  type Asked,
  createKnown,
  type DeskHistory,
  type Dice,
  oneOf,
  pick,
  showing,
  watch,
} from '../../histories/desk-history.ts';
import { at } from '../../support/client.ts';
import { communityWorld } from './world.ts';

const numberIn = (body: unknown): number => Number(at(body, 'id'));
const documentIn = ({ name }: Pick<Collection<unknown>, 'name'>, id: number | string): string =>
  `${name}/${id}`;

const COLORS = ['#F97316', '#3B82F6', '#10B981'] as const;

/** What a person of the desk opens tickets for: residents for themselves. */
interface Member {
  readonly residentId?: number;
}

type Command = (dice: Dice, member: Member) => Asked | undefined;

/** The commands of the community desk, on the records that are known so far. */
const createCommands = () => {
  const known = createKnown<number>();
  const said = createKnown<{ readonly id: number; readonly ticket: number }>();
  const added = { categories: createKnown<number>(), statuses: createKnown<number>() };

  const open: Command = (dice, { residentId }) => {
    const { mark, value } = dice;
    const category = value % 3 === 0 ? added.categories.pick(value) : undefined;
    const categoriaTicketId = category ?? (value % CATEGORIES.length) + 1;
    const imageUrls = showing(dice);
    return {
      method: 'POST',
      path: '/api/tickets',
      body: {
        categoriaTicketId,
        contenido: mark,
        residentId: residentId ?? (value % 3) + 1,
        imageUrls,
      },
      effects: [
        { adds: `ticket ${mark}` },
        { sets: 'statusId', to: 1 },
        { sets: 'imageUrls', to: imageUrls },
      ],
      made: (body) => ({ path: documentIn(tickets, numberIn(body)) }),
      learn: (body) => known.add(numberIn(body)),
    };
  };

  const edit: Command = (dice) => {
    const { mark, target } = dice;
    const id = known.pick(target);
    if (id === undefined) return undefined;
    const imageUrls = [`${mark}.jpg`, ...showing(dice)];
    return {
      method: 'PUT',
      path: `/api/tickets/${id}`,
      body: { imageUrls },
      effects: [{ sets: 'imageUrls', to: imageUrls, in: documentIn(tickets, id) }],
    };
  };

  const setStatus: Command = ({ target, value }) => {
    const id = known.pick(target);
    if (id === undefined) return undefined;
    const own = value % 3 === 0 ? added.statuses.pick(value) : undefined;
    const statusId = own ?? (value % STATUSES.length) + 1;
    return {
      method: 'PUT',
      path: `/api/tickets/${id}`,
      body: { statusId },
      effects: [{ sets: 'statusId', to: statusId, in: documentIn(tickets, id) }],
    };
  };

  const remove: Command = ({ target }) => {
    const id = known.pick(target);
    if (id === undefined) return undefined;
    return {
      method: 'DELETE',
      path: `/api/tickets/${id}`,
      effects: [{ removes: documentIn(tickets, id) }],
    };
  };

  const say =
    (ticketOf: (dice: Dice) => { ticket: number; id?: number } | undefined): Command =>
    (dice) => {
      const on = ticketOf(dice);
      if (on === undefined) return undefined;
      const body = {
        origen: 'ticket',
        idOrigen: String(on.ticket),
        comentarioTexto: dice.mark,
        imageUrls: showing(dice),
        ...(on.id !== undefined && { idComment: on.id }),
      };
      return {
        method: 'POST',
        path: '/api/comentarios',
        body,
        effects: [
          { adds: `comment ${dice.mark}`, in: documentIn(tickets, on.ticket) },
          { sets: 'imageUrls', to: showing(dice) },
        ],
        made: (answer) => ({ path: documentIn(comments, numberIn(answer)) }),
        learn: (answer) => said.add({ id: numberIn(answer), ticket: on.ticket }),
      };
    };
  const comment = say(({ target }) => {
    const ticket = known.pick(target);
    return ticket === undefined ? undefined : { ticket };
  });
  const answer = say(({ target }) => said.pick(target));

  const editComment: Command = (dice) => {
    const { mark, target } = dice;
    const { id } = said.pick(target) ?? {};
    if (id === undefined) return undefined;
    const imageUrls = [`${mark}.jpg`, ...showing(dice)];
    return {
      method: 'PUT',
      path: `/api/comentarios/${id}`,
      body: { imageUrls },
      effects: [{ sets: 'imageUrls', to: imageUrls, in: documentIn(comments, id) }],
    };
  };

  const unsay: Command = ({ target }) => {
    const { id } = said.pick(target) ?? {};
    if (id === undefined) return undefined;
    return {
      method: 'DELETE',
      path: `/api/comentarios/${id}`,
      effects: [{ removes: documentIn(comments, id) }],
    };
  };

  const addCategory: Command = ({ mark }) => ({
    method: 'POST',
    path: '/api/categoriaticket',
    body: { descripcion: mark },
    effects: [{ adds: `category ${mark}` }],
    made: (body) => ({ path: documentIn(categories, numberIn(body)) }),
    learn: (body) => added.categories.add(numberIn(body)),
  });

  const removeCategory: Command = ({ target }) => {
    const id = added.categories.pick(target);
    if (id === undefined) return undefined;
    return {
      method: 'DELETE',
      path: `/api/categoriaticket/${id}`,
      effects: [{ removes: documentIn(categories, id) }],
    };
  };

  const addStatus: Command = ({ mark }) => ({
    method: 'POST',
    path: '/api/statusticket',
    body: { codigo: mark, descripcion: 'En espera', color: COLORS[0] },
    effects: [{ adds: `status ${mark.toUpperCase()}` }, { sets: 'color', to: COLORS[0] }],
    made: (body) => ({ path: documentIn(statuses, numberIn(body)) }),
    learn: (body) => added.statuses.add(numberIn(body)),
  });

  const editStatus: Command = ({ target, value }) => {
    const id = added.statuses.pick(target);
    if (id === undefined) return undefined;
    const color = oneOf(COLORS, value);
    return {
      method: 'PUT',
      path: `/api/statusticket/${id}`,
      body: { color },
      effects: [{ sets: 'color', to: color, in: documentIn(statuses, id) }],
    };
  };

  const removeStatus: Command = ({ target }) => {
    const id = added.statuses.pick(target);
    if (id === undefined) return undefined;
    return {
      method: 'DELETE',
      path: `/api/statusticket/${id}`,
      effects: [{ removes: documentIn(statuses, id) }],
    };
  };

  const addResident: Command = ({ mark }) => ({
    method: 'POST',
    path: '/api/residents',
    body: { communityId: 1, name: mark },
    effects: [{ adds: `resident ${mark}` }],
    made: (body) => ({ path: documentIn(residents, numberIn(body)) }),
  });

  const ofAll = [open, open, comment, comment, answer, edit, setStatus, editComment, unsay, remove];
  const ofSystem = [addCategory, removeCategory, addStatus, editStatus, removeStatus];
  return {
    ofResidents: ofAll,
    ofCompany: [...ofAll, addResident, setStatus],
    ofSystem: [...ofAll, ...ofSystem, ...ofSystem],
  };
};

/** Residents, their company and the system's administrator. */
export const communityHistory: DeskHistory = {
  watched: [
    watch(
      tickets,
      ({ contenido, statusId, imageUrls, commentCount }) => ({
        adds: [{ what: `ticket ${contenido ?? ''}` }],
        values: { statusId, imageUrls },
        holds: commentCount,
      }),
      { counter: 'community-ticket' },
    ),
    watch(
      comments,
      ({ comentarioTexto, idOrigen, imageUrls }) => ({
        adds: [{ what: `comment ${comentarioTexto}`, in: documentIn(tickets, idOrigen) }],
        values: { imageUrls },
      }),
      { counter: 'community-comment' },
    ),
    watch(categories, ({ descripcion }) => ({ adds: [{ what: `category ${descripcion}` }] }), {
      counter: 'community-category',
      first: CATEGORIES.length + 1,
    }),
    watch(
      statuses,
      ({ codigo, color }) => ({ adds: [{ what: `status ${codigo}` }], values: { color } }),
      { counter: 'community-status', first: STATUSES.length + 1 },
    ),
    watch(residents, ({ name }) => ({ adds: [{ what: `resident ${name}` }] }), {
      counter: 'community-resident',
    }),
  ],
  begin: async (api) => {
    const { member, create } = communityWorld(api);
    const system = await member('SYSTEM_ADMIN');
    const companyId = await create(system, '/companies', { name: 'Andes' });
    const communityId = await create(system, '/communities', { companyId, name: 'Los Álamos' });
    const company = await member('ADMIN_COMPANY', { companyId });
    const names = ['Ana', 'Luis', 'Carla'];
    const living = names.map(async (name) => {
      const residentId = await create(system, '/residents', { communityId, name });
      const who = await member('RESIDENT', { companyId, communityId, residentId }, name);
      return { name, who, residentId };
    });
    const { ofResidents, ofCompany, ofSystem } = createCommands();
    const cast = [
      ...(await Promise.all(living)).map((each) => ({ ...each, commands: ofResidents })),
      { name: 'company', who: company, commands: ofCompany },
      { name: 'system', who: system, commands: ofSystem },
      { name: 'system again', who: await member('SYSTEM_ADMIN'), commands: ofSystem },
    ];
    return cast.map(({ name, who, commands, ...member }) => ({
      name: `community ${name}`,
      as: who,
      next: (dice) => pick(commands, dice.command)?.(dice, member),
    }));
  },
};
