import { z } from 'zod';
import { numbered } from '../../kernel/resource/ids.ts';
import { SEARCH } from '../../kernel/keywords.ts';
import { resourceKit } from '../../kernel/resource/kit.ts';
import { createdSchema, dataOf, doneSchema, isp, PAGES, problemOf } from './desk.ts';
import { placeFields, placeQuery, subscriberBody, subscriberPatch } from './domain/schemas.ts';
import { refusalOfPlace, type Staff } from './domain/ticket.ts';
import { ROLES } from './domain/vocabulary.ts';
import { counterOf, subscribers, tickets } from './records.ts';
import { subscriberToWire, subscriberWireSchema } from './wire.ts';

const capital = (word: string): string => word.charAt(0).toUpperCase() + word.slice(1);

const done = (what: string) => ({
  schema: () => doneSchema,
  of: (_: object, one: string) => ({ message: `${capital(one)} ${what} successfully` }),
  returns: 'a message that it is done',
});

/** Makes the endpoints of a small record from its declaration. */
const smallRecord = resourceKit(isp, {
  list: PAGES,
  get: { schema: dataOf, of: (data) => ({ data }) },
  create: {
    schema: () => createdSchema,
    returns: 'the number of the new subscriber',
    of: (data, one) => ({ message: `${capital(one)} created successfully`, data }),
  },
  update: done('updated'),
  remove: done('deleted'),
  refusals: { notFound: 'subscriber/not-found', inUse: 'subscriber/in-use' },
  search: SEARCH,
});

/**
 * Subscribers of an ISP's branch; a new name is copied to their tickets. The contract only mentions
 * their number; these paths are our addition.
 */
export const subscriberRecords = smallRecord({
  path: '/subscribers',
  one: 'subscriber',
  many: 'subscribers',
  contract: 'subscriber_id of a ticket',
  ids: numbered(counterOf('subscriber')),
  collection: subscribers,
  body: subscriberBody,
  patch: subscriberPatch,
  wire: subscriberWireSchema,
  toWire: subscriberToWire,
  given: ({ ispId, branchId, ...fields }) => ({ ...fields, isp_id: ispId, branch_id: branchId }),
  make: ({ isp_id, branch_id, name, phone, address }, stored) => ({
    ...stored,
    ispId: isp_id,
    branchId: branch_id,
    name,
    phone: phone ?? null,
    address: address ?? null,
  }),
  words: ({ name, phone }) => [name, phone ?? ''],
  readers: ROLES,
  writers: ROLES,
  reach: { ispId: ({ ispId }) => [ispId], branchId: ({ branchIds }) => branchIds },
  place: {
    body: z.object(placeFields),
    query: placeQuery,
    refuse: (staff: Staff, place) => {
      const misplaced = refusalOfPlace(staff, place);
      return misplaced && problemOf(misplaced);
    },
    refusals: ['user/not-yours', 'isp/no-access', 'branch/no-access'],
    equal: ({ isp_id, branch_id }) => ({ ispId: isp_id, branchId: branch_id }),
  },
  usedBy: [
    { where: ({ id, ispId }) => tickets.queries.ofSubscriber.where({ ispId, subscriberId: id }) },
  ],
  samples: {
    given: 'new subscriber',
    query: { isp_id: '1', branch_id: '1', user_id: '1' },
    body: {
      isp_id: 1,
      branch_id: 1,
      user_id: 1,
      name: 'John Doe',
      phone: '+62 812-3456-7890',
      address: 'Jl. Merdeka 10',
    },
    patch: { name: 'John Smith', phone: null },
  },
});
