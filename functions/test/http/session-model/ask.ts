import { expect } from 'chai';
import { type Sender, send } from '../../support/client.ts';
import { emulators, PROJECT } from '../../support/harness.ts';
import type { Question } from './model.ts';

const PATHS = {
  me: '/v1/users/me',
  counts: '/v1/ticketcount',
  categories: '/api/categoriaticket',
} as const satisfies Record<Question, string>;

/** The status of the API's answer. */
export const askApi = async (url: string, question: Question, as: Sender): Promise<number> =>
  (await send(url, 'GET', PATHS[question], { as })).status;

const DOCUMENTS = `/v1/projects/${PROJECT}/databases/(default)/documents`;

const get = (path: string) => ({ method: 'GET', path: `${DOCUMENTS}/${path}` });
const list = (collectionId: string) => ({
  method: 'POST',
  path: `${DOCUMENTS}:runQuery`,
  body: { structuredQuery: { from: [{ collectionId }], limit: 1 } },
});

const READS = {
  me: (uid: string) => get(`users/${uid}`),
  grant: (uid: string) => get(`grants/${uid}`),
  counts: () => list('ticketcount'),
  categories: () => list('categoriaTickets'),
} as const satisfies Record<Question | 'grant', (uid: string) => object>;

/** Whether the rules allow a person what an app reads with this ID token. */
export const askRules = async (
  question: Question | 'grant',
  uid: string,
  token: string,
): Promise<boolean> => {
  const { method, path, ...sending } = READS[question](uid);
  const host = `http://${emulators()['FIRESTORE_EMULATOR_HOST']}`;
  const answer = await send(host, method, path, { as: { token }, ...sending });
  // A person who was deleted is told so only if they may read.
  expect(answer.status, answer.text).to.be.oneOf([200, 403]);
  return answer.status === 200;
};
