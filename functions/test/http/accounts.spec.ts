import { randomUUID } from 'node:crypto';
import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { Problem } from '../../src/kernel/problem.ts';
import { mailedCodes, PASSWORD } from '../support/accounts.ts';
import { ownRuntime } from '../support/own-store.ts';

const PROJECT = 'demo-crewline';

describe('an account of Firebase Authentication', () => {
  const { accounts } = ownRuntime({}, PROJECT).runtime;
  const auth = getAuth(initializeApp({ projectId: PROJECT }, randomUUID()));
  let uid: string;
  let email: string;

  beforeEach(async () => {
    uid = randomUUID();
    email = `${uid}@crewline.test`;
    await auth.createUser({ uid, email, password: PASSWORD });
  });

  const mailed = async (): Promise<string> => {
    await accounts.sendPasswordReset(email);
    return (await mailedCodes(email)).at(-1) ?? '';
  };

  it('gets a mail whose code sets a new password, once', async () => {
    const code = await mailed();
    expect(await accounts.findByResetCode(code)).to.deep.equal({ email });
    expect(await accounts.confirmPasswordReset(code, 'other-horse-8')).to.deep.equal({ email });
    expect(await accounts.findByResetCode(code)).to.equal('invalid');
    expect(await accounts.checkPassword(email, 'other-horse-8')).to.equal(uid);
    expect(await accounts.checkPassword(email, PASSWORD)).to.equal(undefined);
    expect(await accounts.confirmPasswordReset(code, 'third-horse-9')).to.equal('invalid');
    expect(await accounts.checkPassword(email, 'other-horse-8')).to.equal(uid);
  });

  it('without a password gets its first one in the same way', async () => {
    await auth.deleteUser(uid);
    await accounts.create(uid, { email });
    expect(await accounts.checkPassword(email, PASSWORD)).to.equal(undefined);
    expect(await accounts.confirmPasswordReset(await mailed(), PASSWORD)).to.deep.equal({ email });
    expect(await accounts.checkPassword(email, PASSWORD)).to.equal(uid);
  });

  it('keeps its password when the code or the new one is refused', async () => {
    const code = await mailed();
    expect(await accounts.confirmPasswordReset(code, 'short')).to.equal('weak');
    expect(await accounts.confirmPasswordReset(`${code}x`, 'other-horse-8')).to.equal('invalid');
    expect(await accounts.checkPassword(email, PASSWORD)).to.equal(uid);
  });

  it('that does not exist gets no mail, and nobody is told', async () => {
    await auth.deleteUser(uid);
    expect(await accounts.sendPasswordReset(email)).to.equal(undefined);
    expect(await mailedCodes(email)).to.deep.equal([]);
  });

  it('with a second factor is not signed in by its password, nor told apart by a wrong one', async () => {
    const phoneNumber = '+6281234567890';
    const enrollmentTime = new Date().toUTCString();
    const factor = { uid: randomUUID(), factorId: 'phone', phoneNumber, enrollmentTime } as const;
    await auth.updateUser(uid, {
      emailVerified: true,
      multiFactor: { enrolledFactors: [factor] },
    });
    expect(await accounts.checkPassword(email, 'wrong-horse')).to.equal(undefined);
    const refused = await accounts.checkPassword(email, PASSWORD).catch((error: unknown) => error);
    expect(refused).to.be.instanceOf(Problem);
    expect(refused).to.include({ status: 403, code: 'auth/second-factor' });
  });
});
