/**
 * `npm run admin:create -- --email … --name … --region …`: registers a SuperAdmin, such as the first
 * one of a new project. With FIRESTORE_EMULATOR_HOST and FIREBASE_AUTH_EMULATOR_HOST it works on the
 * emulators, otherwise on a real project with application default credentials
 * (gcloud auth application-default login).
 */
import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { password as prompt } from '@inquirer/prompts';
import { createAdmin, parseAdmin } from './admin/create-admin.ts';
import { Problem, runMain } from './setup/problem.mjs';

const USAGE = `Usage: npm run admin:create -- --email <address> --name <name> --region <West|Central|East>
  --password <password>   asked for on the terminal unless given
  --project <id>          GCLOUD_PROJECT or GOOGLE_CLOUD_PROJECT unless given
  --nik <number>, --phone <number>`;

const parse = (args: string[]) => {
  try {
    return parseArgs({
      args,
      options: {
        email: { type: 'string' },
        name: { type: 'string' },
        region: { type: 'string' },
        password: { type: 'string' },
        project: { type: 'string' },
        nik: { type: 'string' },
        phone: { type: 'string' },
        help: { type: 'boolean', default: false },
      },
    }).values;
  } catch (error) {
    throw new Problem(`${error instanceof Error ? error.message : String(error)}\n\n${USAGE}`);
  }
};

const projectOf = (given: string | undefined, env: NodeJS.ProcessEnv): string => {
  const project = given ?? env['GCLOUD_PROJECT'] ?? env['GOOGLE_CLOUD_PROJECT'];
  if (project) return project;
  throw new Problem(`Which project? Send --project, or set GCLOUD_PROJECT.\n\n${USAGE}`);
};

/** With only one emulator, half of the person would be written into a real project. */
const placeOf = (projectId: string, env: NodeJS.ProcessEnv): string => {
  const names = ['FIRESTORE_EMULATOR_HOST', 'FIREBASE_AUTH_EMULATOR_HOST'];
  const missing = names.filter((name) => (env[name] ?? '') === '');
  if (missing.length === 1) {
    throw new Problem(
      `${missing.join()} is not set, but the other emulator is. Set both, or none.`,
    );
  }
  return `the ${missing.length === 0 ? 'emulated' : 'real'} project ${projectId}`;
};

/** 120 random bits. */
const randomPassword = (): string => randomBytes(15).toString('base64url');

/** Reads one line from the terminal without showing it. */
const askSecret = (message: string): Promise<string> =>
  prompt({ message }, { output: process.stderr }).catch((error: unknown) => {
    const isCtrlC = error instanceof Error && error.name === 'ExitPromptError';
    throw isCtrlC ? new Problem('Nothing was changed.') : error;
  });

/** The password, and whether it was generated here. Without a terminal it is a random one. */
const passwordOf = async (given: string | undefined) => {
  if (given !== undefined) return { password: given, isOurs: false };
  const typed = process.stdin.isTTY ? await askSecret('Password (empty: a random one):') : '';
  if (typed === '') return { password: randomPassword(), isOurs: true };
  if ((await askSecret('Once more:')) !== typed) throw new Problem('The two passwords differ.');
  return { password: typed, isOurs: false };
};

const main = async (args: string[]): Promise<void> => {
  const { password: given, project, help, ...who } = parse(args);
  if (help) {
    console.log(USAGE);
    return;
  }
  const projectId = projectOf(project, process.env);
  const place = placeOf(projectId, process.env);
  // Wrong options are reported before a password is asked for.
  parseAdmin({ ...who, password: given ?? randomPassword() }, USAGE);
  const { password, isOurs } = await passwordOf(given);
  const admin = parseAdmin({ ...who, password }, USAGE);
  const { adopted } = await createAdmin(projectId, admin);
  console.log(`${admin.email} is now a SuperAdmin of ${place}.`);
  if (adopted) {
    console.log(
      'The address had an account without a person: it was taken over and its sign-ins ended.',
    );
  }
  if (isOurs) console.log(`The password, shown only here: ${password}`);
};

await runMain(() => main(process.argv.slice(2)));
