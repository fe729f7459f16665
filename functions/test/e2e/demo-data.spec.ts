import { expect } from 'chai';
import { initializeApp } from 'firebase-admin/app';
import { getAuth } from 'firebase-admin/auth';
import { type Firestore, getFirestore } from 'firebase-admin/firestore';
import { demoAccounts, seed } from '../../../scripts/seed.ts';
import { clientsAt } from '../../../scripts/seed/cgs/clients.ts';
import { CITIES } from '../../../scripts/seed/cgs/places.ts';
import { ticketId } from '../../../scripts/seed/cgs/play.ts';
import { STORIES } from '../../../scripts/seed/cgs/stories.ts';
import { personSchema } from '../../src/kernel/auth/person.ts';
import { toPlain } from '../../src/kernel/store/document.ts';
import { clientSchema, ticketSchema } from '../../src/desks/cgs/domain/schemas.ts';

const SEEDED = ['users', 'areas', 'mainSplitters', 'splitters', 'isps', 'indications', 'clients'];

/** Every seeded document with the moment of its last write. */
const versions = async (db: Firestore): Promise<Record<string, string>> => {
  const found: Record<string, string> = {};
  for (const name of [...SEEDED, 'tickets', 'ticketcount']) {
    for (const doc of (await db.collection(name).get()).docs) {
      found[doc.ref.path] = doc.updateTime.toDate().toISOString();
    }
  }
  return found;
};

describe('the seeded emulators', () => {
  const app = initializeApp({ projectId: 'demo-crewline' }, 'e2e-demo-data');
  const db = getFirestore(app);

  it('hold every demo person, with an account and a document of the same id', async () => {
    for (const { email } of demoAccounts) {
      const { uid } = await getAuth(app).getUserByEmail(email);
      const person = personSchema.parse(toPlain((await db.doc(`users/${uid}`).get()).data()));
      expect(person.email).to.equal(email);
    }
  });

  it('hold the master data, and clients and tickets that read back by their schemas', async () => {
    const areas = await db.collection('areas').get();
    expect(areas.docs.map((doc) => doc.get('name'))).to.include.members(
      CITIES.map(({ name }) => name),
    );
    for (const { id } of clientsAt(new Date())) {
      clientSchema.parse(toPlain((await db.doc(`clients/${id}`).get()).data()));
    }
    for (const { name } of STORIES) {
      const ticket = await db.doc(`tickets/${ticketId(name)}`).get();
      ticketSchema.parse(toPlain(ticket.data()));
    }
  });

  it('are not changed by a second seed, not a single document', async () => {
    const before = await versions(db);
    await seed();
    expect(await versions(db)).to.deep.equal(before);
  });

  it('are filled from nothing in less than three seconds', async () => {
    const started = performance.now();
    await seed(`demo-${crypto.randomUUID().slice(0, 8)}`);
    expect(performance.now() - started).to.be.below(3000);
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
  const names = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'] as const;
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
