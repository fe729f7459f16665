import { defineInt, defineString } from 'firebase-functions/params';
import { z } from 'zod';
import { PLATFORM_PROXIES } from './proxies.ts';

/**
 * The deployment's parameters. `firebase deploy` asks for those without a default and saves them in
 * functions/.env.<project>; docs/operations.md explains each of them.
 */
export const params = {
  region: defineString('REGION', { default: 'asia-southeast2' }),
  memory: defineInt('MEMORY_MIB', { default: 512 }),
  concurrency: defineInt('CONCURRENCY', { default: 80 }),
  minInstances: defineInt('MIN_INSTANCES', { default: 0 }),
  maxInstances: defineInt('MAX_INSTANCES', { default: 20 }),
  webApiKey: defineString('WEB_API_KEY', {
    description: 'The Firebase project’s Web API key, with which the backend checks passwords.',
  }),
  allowedOrigins: defineString('ALLOWED_ORIGINS', {
    default: '',
    description: 'Origins of the web apps, separated by commas, without a slash at the end.',
  }),
  timeZone: defineString('TIME_ZONE', { default: 'Asia/Jakarta' }),
  trustedProxies: defineString('TRUSTED_PROXIES', {
    default: PLATFORM_PROXIES.join(','),
    description: 'Address ranges of the proxies whose X-Forwarded-For is believed.',
  }),
  storageBucket: defineString('STORAGE_BUCKET', {
    default: '',
    description: 'The bucket of photos and films; empty: the default bucket of the project.',
  }),
  mediaHosts: defineString('MEDIA_HOSTS', {
    default: '',
    description: 'Hosts elsewhere whose photos may be named, separated by commas.',
  }),
  mediaPerDay: defineInt('MEDIA_PER_DAY', { default: 200 }),
  sessionIdleMinutes: defineInt('SESSION_IDLE_MINUTES', { default: 12 * 60 }),
  sessionMaxMinutes: defineInt('SESSION_MAX_MINUTES', { default: 7 * 24 * 60 }),
};

/** Whether a text names a time zone of the IANA data base. */
export const isTimeZone = (zone: string): boolean => {
  try {
    new Intl.DateTimeFormat('en', { timeZone: zone });
    return true;
  } catch {
    return false;
  }
};

const minutes = z.coerce.number().int().min(1);

const listed = (list: string): string[] => list.split(',').flatMap((each) => each.trim() || []);

/** Ranges as `169.254.0.0/16`; none that has everybody in it. */
const ranges = z
  .string()
  .default(PLATFORM_PROXIES.join(','))
  .refine((list) => !/^\s*\d+\s*$/.test(list), {
    message:
      'is a list of address ranges now, no longer a number of proxies; remove it to trust those of the platform',
    abort: true,
  })
  .transform(listed)
  .refine(
    (list) =>
      list.every(
        (range) =>
          z.union([z.cidrv4(), z.cidrv6()]).safeParse(range).success && !range.endsWith('/0'),
      ),
    'needs address ranges as 169.254.0.0/16, separated by commas',
  );

/** The project's default bucket, from the JSON that Firebase gives each function; '' if it has none. */
const bucketIn = (json: string): string => {
  try {
    return z.object({ storageBucket: z.string() }).parse(JSON.parse(json)).storageBucket;
  } catch {
    return '';
  }
};

const configSchema = z.object({
  GCLOUD_PROJECT: z.string().min(1),
  WEB_API_KEY: z.string().min(1),
  ALLOWED_ORIGINS: z.string().default('').transform(listed).pipe(z.array(z.url())),
  REGION: z
    .string()
    .regex(/^[a-z0-9-]+$/)
    .default('asia-southeast2'),
  TIME_ZONE: z.string().default('Asia/Jakarta').refine(isTimeZone, 'is no IANA time zone'),
  TRUSTED_PROXIES: ranges,
  STORAGE_BUCKET: z.string().default(''),
  MEDIA_HOSTS: z.string().default('').transform(listed).pipe(z.array(z.hostname().toLowerCase())),
  MEDIA_PER_DAY: z.coerce.number().int().min(1).default(200),
  // What Firebase says of the project.
  FIREBASE_CONFIG: z.string().default('{}').transform(bucketIn),
  SESSION_IDLE_MINUTES: minutes.default(12 * 60),
  SESSION_MAX_MINUTES: minutes.default(7 * 24 * 60),
  WEBHOOKS_TO_LOOPBACK: z.enum(['true', 'false']).default('false'),
});

export interface Config {
  readonly projectId: string;
  readonly webApiKey: string;
  readonly allowedOrigins: readonly string[];
  /** Where the functions and their queues are. */
  readonly region: string;
  readonly timeZone: string;
  /** Whose word on the client's address is believed. */
  readonly trustedProxies: readonly string[];
  /** Where photos and films are. */
  readonly storageBucket: string;
  /** Hosts whose photos and films may be named, with those below them. */
  readonly mediaHosts: readonly string[];
  /** Photos and films that a person may upload in a day. */
  readonly mediaPerDay: number;
  readonly sessionIdleMs: number;
  readonly sessionMaxMs: number;
  /** Host and port of the Authentication emulator; undefined in production. */
  readonly authEmulator: string | undefined;
  /** The same of the Storage emulator. */
  readonly storageEmulator: string | undefined;
  /** Whether webhooks may call this machine, also by http; never in production. */
  readonly webhooksToLoopback: boolean;
}

type Environment = Readonly<Record<string, string | undefined>>;

/** What only emulators and tests may set. */
const EMULATOR_VARIABLES = [
  'FIRESTORE_EMULATOR_HOST',
  'FIREBASE_AUTH_EMULATOR_HOST',
  'FIREBASE_STORAGE_EMULATOR_HOST',
  'CLOUD_TASKS_EMULATOR_HOST',
  'WEBHOOKS_TO_LOOPBACK',
];

/** Cloud Run sets K_SERVICE; so does the Functions emulator, but that also sets FUNCTIONS_EMULATOR. */
export const isProduction = (env: Environment): boolean =>
  env['K_SERVICE'] !== undefined && env['FUNCTIONS_EMULATOR'] !== 'true';

/** The operator's time zone that an environment names, or the default one. */
export const readTimeZone = (env: Environment): string =>
  configSchema.shape.TIME_ZONE.parse(env['TIME_ZONE']);

/**
 * Reads the configuration of this process from its environment.
 *
 * @throws Error that names each missing or wrong parameter, or the emulator variable that is set
 * in production.
 */
export const readConfig = (env: Environment): Config => {
  const set = EMULATOR_VARIABLES.filter((name) => env[name] !== undefined);
  if (isProduction(env) && set.length > 0) {
    throw new Error(`${set.join(', ')} must not be set in production: unset and deploy again.`);
  }
  const parsed = configSchema.safeParse(env);
  if (!parsed.success) {
    const mistakes = parsed.error.issues.map(
      ({ path, message }) => `${path.join('.')}: ${message}`,
    );
    throw new Error(`Crewline cannot start. Set these parameters: ${mistakes.join('; ')}`);
  }
  const { data } = parsed;
  return {
    projectId: data.GCLOUD_PROJECT,
    webApiKey: data.WEB_API_KEY,
    allowedOrigins: data.ALLOWED_ORIGINS,
    region: data.REGION,
    timeZone: data.TIME_ZONE,
    trustedProxies: data.TRUSTED_PROXIES,
    storageBucket:
      data.STORAGE_BUCKET || data.FIREBASE_CONFIG || `${data.GCLOUD_PROJECT}.firebasestorage.app`,
    mediaHosts: data.MEDIA_HOSTS,
    mediaPerDay: data.MEDIA_PER_DAY,
    sessionIdleMs: data.SESSION_IDLE_MINUTES * 60_000,
    sessionMaxMs: data.SESSION_MAX_MINUTES * 60_000,
    authEmulator: isProduction(env) ? undefined : env['FIREBASE_AUTH_EMULATOR_HOST'],
    storageEmulator: isProduction(env) ? undefined : env['FIREBASE_STORAGE_EMULATOR_HOST'],
    webhooksToLoopback: data.WEBHOOKS_TO_LOOPBACK === 'true',
  };
};
