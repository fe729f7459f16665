import { z } from 'zod';
import { BARE_PAGES } from '../../../kernel/http/answer-style.ts';
import { SEARCH } from '../../../kernel/keywords.ts';
import { resourceKit } from '../../../kernel/resource/kit.ts';
import { community } from '../desk.ts';
import { idSchema } from '../domain/schemas.ts';
import type { Member } from '../domain/ticket.ts';
import { dates } from '../wire.ts';

/** The schema of a record on the wire, from its own fields. */
export const recordWire = (id: string, fields: z.core.$ZodShape) =>
  z.object({ id: idSchema, ...fields, ...dates }).meta({ id });

/** All but a `SYSTEM_ADMIN`, who reaches all records, reach those of their company. */
export const ownCompany = ({ role, companyId }: Member) =>
  role === 'SYSTEM_ADMIN' ? undefined : [companyId].filter((id) => id !== null);

/** A resident reaches the one record that their access names. */
export const ofResident =
  (field: 'communityId' | 'residentId') =>
  ({ role, [field]: own }: Member) =>
    role === 'RESIDENT' ? [own].filter((id) => id !== null) : undefined;

/** Makes the endpoints of a small record from its declaration. */
export const smallRecord = resourceKit(community, {
  list: BARE_PAGES,
  get: { schema: (wire) => wire, of: (record) => record },
  refusals: {
    notFound: 'record/not-found',
    unknown: 'record/parent-unknown',
    inUse: 'record/in-use',
    taken: 'status/code-taken',
    builtIn: 'status/built-in',
  },
  search: SEARCH,
});
