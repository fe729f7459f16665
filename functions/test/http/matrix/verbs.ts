import { expect } from 'chai';
import type { Desk } from '../../../src/kernel/http/desk.ts';
import type { Ask } from '../../support/guard.ts';
import { expectRefusal } from './case.ts';

const VERBS = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

/** How each path answers verbs that it does not accept, and OPTIONS. */
export const describeVerbs = (desk: Desk, ask: Ask): void => {
  for (const [path, endpoints] of Map.groupBy(desk.endpoints, (endpoint) => endpoint.path)) {
    const url = `${desk.base}${path.replace(/:\w+/g, 'x')}`;
    const taken = endpoints.map(({ method }) => method.toUpperCase());
    const allowed = [...taken, ...(taken.includes('GET') ? ['HEAD'] : []), 'OPTIONS'].sort();
    const allowIn = (header: string | null) => (header ?? '').split(', ').sort();

    it(`${desk.base}${path} says which verbs it takes and refuses others`, async () => {
      const options = await ask('OPTIONS', url);
      expect(options.status).to.equal(204);
      expect(allowIn(options.headers.get('Allow'))).to.deep.equal(allowed);
      for (const verb of VERBS.filter((each) => !allowed.includes(each))) {
        const answer = await ask(verb, url);
        // `/users/me` is a `/users/:id` for verbs that only the latter accepts.
        if (answer.status === 401) continue;
        expectRefusal({ desk }, answer, 405);
        expect(allowIn(answer.headers.get('Allow'))).to.deep.equal(allowed);
      }
    });
  }

  it(`answers 404 in the desk’s form for paths under ${desk.base} that nobody serves`, async () => {
    for (const path of ['', '/', '/nothing', '/tickets/a/b/c/d/e', '//tickets', '/%zz']) {
      for (const verb of [...VERBS, 'OPTIONS']) {
        expectRefusal({ desk }, await ask(verb, `${desk.base}${path}`), 404);
      }
    }
  });
};
