import { expect } from 'chai';
import { askApi, askRules } from './ask.ts';
import { type Known, proof, type Way } from './known.ts';
import type { Question, SessionModel } from './model.ts';

/** What is compared: a status of the API, or whether the rules allow something. */
interface Row {
  readonly what: string;
  readonly wanted: number | boolean;
  readonly got: number | boolean;
}

/** An ID token that no login of ours has led to. */
export interface Foreign {
  readonly uid: string;
  readonly token: string;
}

/** Asks the rules these questions, and the API by each of these ways. */
export const rowsOf = async (
  url: string,
  model: SessionModel,
  known: Known,
  name: string,
  ways: readonly Way[],
  questions: readonly Question[],
): Promise<Row[]> => {
  const { session, idToken } = known;
  const { uid } = session.person;
  const got = await askRules('grant', uid, idToken);
  const rows: Row[] = [{ what: `${name}, rules, grant`, wanted: model.isOpen(session), got }];
  for (const question of questions) {
    const wanted = model.answer(session, question);
    const isAllowed = await askRules(question, uid, idToken);
    rows.push({ what: `${name}, rules, ${question}`, wanted: wanted === 200, got: isAllowed });
    // A look must not keep a session alive.
    if (wanted === 200 && model.isExtendedByUse(session)) continue;
    for (const way of ways) {
      const status = await askApi(url, question, proof(known, way));
      rows.push({ what: `${name}, ${way}, ${question}`, wanted, got: status });
    }
  }
  return rows;
};

/** It opens nothing. */
export const rowsOfForeign = async (url: string, { uid, token }: Foreign): Promise<Row[]> => [
  { what: 'past our login, API', wanted: 401, got: await askApi(url, 'me', { token }) },
  { what: 'past our login, rules', wanted: false, got: await askRules('grant', uid, token) },
];

/** Fails with all rows in which product and model differ. */
export const expectSame = (rows: readonly Row[], when: string): void => {
  const wrong = rows
    .filter(({ wanted, got }) => wanted !== got)
    .map(({ what, wanted, got }) => `${what}: ${got}, not ${wanted}`);
  expect(wrong, `${when}: ${wrong.join('; ')}`).to.deep.equal([]);
};
