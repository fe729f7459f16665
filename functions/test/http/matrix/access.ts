import { bodyOf, type Case, carried, expectProblem, expectRefusal, pathOf } from './case.ts';

/** Who is refused before the request itself is checked. */
export const describeAccess = (each: Case): void => {
  const { desk, endpoint, stage, ask } = each;
  if (endpoint.roles === 'public') return;
  const { roles, method, sample } = endpoint;
  const sending = carried(endpoint, bodyOf(each));
  const path = pathOf(each, { ...sample.params }, sample.query);
  const sendBy = (as: { cookie?: string; token?: string }) =>
    ask(method.toUpperCase(), path, { ...sending, as });

  it('refuses a request without a session, and an unknown session or token', async () => {
    expectRefusal(each, await sendBy({}), 401);
    expectRefusal(each, await sendBy({ cookie: `${'x'.repeat(43)}.nobody` }), 401);
    expectRefusal(each, await sendBy({ cookie: 'garbage' }), 401);
    expectRefusal(each, await sendBy({ token: 'not.a.token' }), 401);
  });

  it('refuses people without access to the desk', async () => {
    const answer = await sendBy(await stage().outsider());
    expectProblem(each, answer, 'auth/no-access');
  });

  for (const role of desk.roles.filter((name) => !roles.includes(name))) {
    it(`refuses the role ${role}`, async () => {
      const answer = await sendBy(await stage().member(role));
      expectProblem(each, answer, 'auth/forbidden');
    });
  }
};
