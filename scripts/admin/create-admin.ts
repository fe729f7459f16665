import { randomUUID } from 'node:crypto';
import { applicationDefault, initializeApp } from 'firebase-admin/app';
import { type Auth, getAuth } from 'firebase-admin/auth';
import { getFirestore } from 'firebase-admin/firestore';
import { z } from 'zod';
import { LISTING } from '../../functions/src/desks/cgs/users/people.ts';
import { createUserBody } from '../../functions/src/desks/cgs/users/schemas.ts';
import { isAuthError } from '../../functions/src/kernel/auth/accounts.ts';
import {
  createPerson,
  type Grant,
  grants,
  newPerson,
} from '../../functions/src/kernel/auth/grant.ts';
import { newPassword } from '../../functions/src/kernel/auth/password.ts';
import { outcomeOf } from '../../functions/src/kernel/store/outcome.ts';
import { stamp } from '../../functions/src/kernel/store/stamp.ts';
import { createStore } from '../../functions/src/kernel/store/store.ts';
import { Problem } from '../setup/problem.mjs';

const { email, name, region, nik, phoneNumber } = createUserBody.shape;

const adminSchema = z.strictObject({
  email,
  name,
  region,
  password: newPassword,
  nik: nik.optional(),
  phone: phoneNumber.optional(),
});

type Admin = z.output<typeof adminSchema>;

/** @throws Problem that names each missing or wrong option */
export const parseAdmin = (
  options: Readonly<Record<string, string | undefined>>,
  usage: string,
): Admin => {
  const parsed = adminSchema.safeParse(options);
  if (parsed.success) return parsed.data;
  const faults = parsed.error.issues.map(({ path: [name], message }) => {
    const option = String(name);
    return `  --${option}: ${options[option] === undefined ? 'is missing' : message}`;
  });
  throw new Problem(`These options are missing or wrong:\n${faults.join('\n')}\n\n${usage}`);
};

const taken = (address: string): Problem =>
  new Problem(`Somebody has the address ${address} already. Nothing was changed.`);

/** Without credentials the SDK fails and does not say what to do. */
const checkCredentials = async (): Promise<void> => {
  try {
    await applicationDefault().getAccessToken();
  } catch {
    throw new Problem(
      'There are no Google credentials here. Run: gcloud auth application-default login\nFor the emulators, set FIRESTORE_EMULATOR_HOST and FIREBASE_AUTH_EMULATOR_HOST instead.',
    );
  }
};

const accountOf = async (auth: Auth, address: string): Promise<string | undefined> => {
  try {
    return (await auth.getUserByEmail(address)).uid;
  } catch (error) {
    if (isAuthError(error, 'auth/user-not-found')) return undefined;
    throw error;
  }
};

const personOf = (uid: string, admin: Admin, now: Date): Grant => {
  const profile = {
    id: uid,
    email: admin.email,
    nik: admin.nik ?? '',
    name: admin.name,
    profilePhoto: null,
    phoneNumber: admin.phone ?? '',
    active: true,
    access: {
      cgs: { role: 'SuperAdmin', region: admin.region, active: true, area: null, areas: [] },
    },
  };
  return newPerson(profile, now);
};

/**
 * Creates the account and then the person. An account without a person (left by an interrupted run,
 * or by a sign-up) is taken over, and its sign-ins end.
 *
 * @throws Problem when somebody has the address; then nothing was changed
 */
export const createAdmin = async (
  projectId: string,
  admin: Admin,
): Promise<{ readonly uid: string; readonly adopted: boolean }> => {
  if (process.env['FIRESTORE_EMULATOR_HOST']) process.env['METADATA_SERVER_DETECTION'] ??= 'none';
  else await checkCredentials();
  const app = initializeApp({ projectId }, `admin-${randomUUID()}`);
  const auth = getAuth(app);
  const db = getFirestore(app);
  const store = createStore(db);
  const named = await db.collection(grants.name).where('email', '==', admin.email).limit(1).get();
  if (!named.empty) throw taken(admin.email);
  const found = await accountOf(auth, admin.email);
  const uid = found ?? randomUUID();
  const person = grants.doc(uid);
  if ((await store.get(person)) !== undefined) throw taken(admin.email);
  const credentials = { email: admin.email, password: admin.password, displayName: admin.name };
  if (found === undefined) await auth.createUser({ uid, ...credentials });
  else await auth.updateUser(uid, { ...credentials, disabled: false });
  try {
    await store.commit(
      stamp(randomUUID(), createPerson(personOf(uid, admin, new Date()), LISTING)),
    );
  } catch (error) {
    if (outcomeOf(error) === 'conflict') throw taken(admin.email);
    throw error;
  }
  return { uid, adopted: found !== undefined };
};
