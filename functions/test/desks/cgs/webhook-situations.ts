import type { Role } from '../../../src/desks/cgs/domain/vocabulary.ts';
import { textAt } from '../../support/client.ts';
import type { Bring as BringOf } from '../stage.ts';
import type { CgsWorld, Member } from './world.ts';

type Bring = BringOf<Role, Member>;

const BODY = { url: 'https://hooks.example.com/crewline', kinds: ['*'] };

/** A webhook whose messages nobody sends, and one that has a delivery. */
export const webhookSituations = ({ call }: CgsWorld) => {
  const idAfter = async (as: Member, path: string, body?: object): Promise<string> => {
    const answer = await call('POST', path, { as, ...(body && { body }) });
    if (answer.status >= 300) throw new Error(`${path}: ${answer.text}`);
    return textAt(answer.body, 'data', 'result', 'id');
  };
  const webhook = (as: Member) => idAfter(as, '/v1/webhooks', BODY);
  return {
    oneWebhook: async (of) => ({ params: { id: await webhook(of('SuperAdmin')) } }),
    oneDelivery: async (of) => {
      const admin = of('SuperAdmin');
      const id = await webhook(admin);
      return { params: { id, delivery: await idAfter(admin, `/v1/webhooks/${id}/test`) } };
    },
  } as const satisfies Record<string, Bring>;
};
