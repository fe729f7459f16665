import { z } from 'zod';
import type { Grant } from '../../../kernel/auth/grant.ts';
import { profileToWire, profileWire } from '../../../kernel/auth/profile-wire.ts';

/** A person of whatever desk, on the wire. */
export const personWireSchema = profileWire
  .extend({ access: z.record(z.string(), z.unknown()).meta({ description: 'by desk' }) })
  .meta({ id: 'Person' });

export const personToWire = (person: Grant): z.input<typeof personWireSchema> => ({
  ...profileToWire(person),
  access: person.access,
});
