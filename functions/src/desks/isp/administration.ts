import { z } from 'zod';
import { peopleEndpoints } from '../../kernel/people/kit.ts';
import { ANSWERS, isp } from './desk.ts';
import type { Staff } from './domain/ticket.ts';
import { ROLES } from './domain/vocabulary.ts';
import { accessSchema, grants, staff } from './people.ts';

const isBeyond = ({ branchIds }: Staff, branch: number): boolean => !branchIds.includes(branch);

/** An ISP's administrators run its staff, as far as these work in no branch that they don't have. */
export const STAFF_ENDPOINTS = peopleEndpoints(isp, ANSWERS, {
  desk: 'isp',
  access: accessSchema,
  rules: grants,
  roles: ['admin'],
  collection: staff,
  reach: { 'access.isp.ispId': ({ ispId }) => [ispId] },
  isHidden: (actor, { branchIds }) => branchIds.some((branch) => isBeyond(actor, branch)),
  errorsOf: (actor, { ispId, branchIds }) => [
    ...(ispId === actor.ispId ? [] : [{ path: 'ispId', message: 'Name your own ISP.' }]),
    ...branchIds.flatMap((branch, index) =>
      isBeyond(actor, branch)
        ? [{ path: `branchIds.${index}`, message: 'Name a branch of your own.' }]
        : [],
    ),
  ],
  filters: { role: z.enum(ROLES).optional().meta({ description: 'only those with this role' }) },
  samples: {
    as: 'admin',
    given: 'colleague',
    free: 'no such person',
    register: {
      email: 'rina.isp@example.com',
      access: { role: 'staff', userId: 9007, ispId: 1, branchIds: [1], active: true },
    },
  },
});
