import { expect } from 'chai';
import { invalid, KERNEL_REFUSALS, Problem, refuse, refuseFor } from './problem.ts';

describe('a refusal', () => {
  it('has a stable code, an HTTP status of 400 or more and a sentence', () => {
    for (const [code, { status, message }] of Object.entries(KERNEL_REFUSALS)) {
      expect(code).to.match(/^[a-z]+(\/[a-z-]+)?$/);
      expect(status).to.be.within(400, 503);
      expect(message).to.match(/^[A-Z].+\.$/);
    }
  });

  it('has a code that Firestore’s SDK never takes for a server status', () => {
    expect(refuse('store/busy').code).to.be.a('string');
  });

  it('is an error, so that it can be thrown', () => {
    expect(refuse('auth/required')).to.be.instanceOf(Problem).and.instanceOf(Error);
  });

  it('says in whole seconds, at least one, when to try again', () => {
    for (const [seconds, header] of [
      [0, '1'],
      [-5, '1'],
      [0.001, '1'],
      [59.2, '60'],
      [900, '900'],
    ] as const) {
      expect(refuseFor('store/busy', seconds).headers).to.deep.equal({ 'Retry-After': header });
    }
  });

  it('of an input names each field', () => {
    const details = [{ path: 'email', message: 'Send one.' }];
    expect(invalid(details)).to.include({ status: 400, code: 'request/invalid', details });
  });
});
