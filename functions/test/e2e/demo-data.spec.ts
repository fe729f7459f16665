import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { ticketId } from '../../../scripts/seed/cgs/acts.ts';
import { demoAccounts, seed } from '../../../scripts/seed.ts';
import { profileSchema } from '../../src/kernel/auth/person.ts';
import { toPlain } from '../../src/kernel/store/document.ts';
import { ownProject } from '../support/own-store.ts';
import { databaseOf, versions } from './stored.ts';

describe('the seeded emulators', () => {
  const app = initializeApp({ projectId: 'demo-crewline' }, 'e2e-demo-data');
  const db = getFirestore(app);

  it('hold every demo person, with an account and a document of the same id', async () => {
    for (const { email } of demoAccounts) {
      const { uid } = await getAuth(app).getUserByEmail(email);
      const person = profileSchema.parse(toPlain((await db.doc(`users/${uid}`).get()).data()));
      expect(person.email).to.equal(email);
    }
  });

  it('are not changed by a second seed, not a single document', async () => {
    const before = await versions(db);
    await seed();
    expect(await versions(db)).to.deep.equal(before);
  });

  it('are filled from nothing as they are filled again', async () => {
    const project = ownProject();
    await seed(project);
    const filled = await versions(databaseOf(project));
    await seed(project);
    expect(await versions(databaseOf(project))).to.deep.equal(filled);
  });

  it('keep what someone did to a demo ticket when the seed runs again', async () => {
    const ref = db.doc(`tickets/${ticketId('darmo boarding house')}`);
    const remark = (await ref.get()).get('remark');
    await ref.update({ remark: 'edited by hand' });
    await seed();
    expect((await ref.get()).get('remark')).to.equal('edited by hand');
    await ref.update({ remark });
  });
});

describe('the seed without emulators', () => {
  const names = [
    'FIRESTORE_EMULATOR_HOST',
    'FIREBASE_AUTH_EMULATOR_HOST',
    'FIREBASE_STORAGE_EMULATOR_HOST',
  ] as const;
  for (const name of names) {
    it(`does nothing where ${name} is not set`, async () => {
      const host = process.env[name];
      delete process.env[name];
      try {
        await seed().then(
          () => expect.fail('the seed ran'),
          (error: unknown) => expect(String(error)).to.include(name),
        );
      } finally {
        process.env[name] = host;
      }
    });
  }
});
