import { spawnSync } from 'node:child_process';
import { readdirSync, readFileSync, readlinkSync } from 'node:fs';
import { createServer } from 'node:net';

/** Where the local stack listens; firebase.json says the same to firebase-tools. */
export const PORTS = {
  hosting: 5000,
  functions: 5001,
  firestore: 8080,
  auth: 9099,
  tasks: 9499,
  storage: 9199,
} as const;

export type Service = keyof typeof PORTS;

const isFree = (port: number): Promise<boolean> =>
  new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen(port, '127.0.0.1', () => server.close(() => resolve(true)));
  });

/** A row of Linux's /proc/net/tcp: the socket's inode when it listens on this port. */
export const listeningInode = (row: string, port: number): string | undefined => {
  const [, local, , state, , , , , , inode] = row.trim().split(/\s+/);
  const isOurs = Number.parseInt(local?.split(':').at(-1) ?? '', 16) === port;
  return isOurs && state === '0A' ? inode : undefined;
};

/** The target of a link in /proc; empty when the file is closed by now or not readable. */
const target = (link: string): string => {
  try {
    return readlinkSync(link);
  } catch {
    return '';
  }
};

const socketsOf = (pid: string): string[] => {
  try {
    return readdirSync(`/proc/${pid}/fd`).map((fd) => target(`/proc/${pid}/fd/${fd}`));
  } catch {
    return [];
  }
};

const holderFromProc = (port: number): string | undefined => {
  const tables = ['/proc/net/tcp', '/proc/net/tcp6'].map((file) => readFileSync(file, 'utf8'));
  const rows = tables.flatMap((table) => table.split('\n'));
  const inode = rows.map((row) => listeningInode(row, port)).find((found) => found !== undefined);
  if (inode === undefined) return undefined;
  const pids = readdirSync('/proc').filter((name) => /^\d+$/.test(name));
  const pid = pids.find((candidate) => socketsOf(candidate).includes(`socket:[${inode}]`));
  if (pid === undefined) return undefined;
  const command = readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim();
  return `process ${pid} (${command.slice(0, 120)})`;
};

const holderFromLsof = (port: number): string | undefined => {
  const args = ['-nP', `-iTCP:${port}`, '-sTCP:LISTEN', '-Fpc'];
  const { stdout } = spawnSync('lsof', args, { encoding: 'utf8' });
  const [, pid, name] = /^p(\d+)\nc(.+)$/m.exec(stdout ?? '') ?? [];
  return pid === undefined ? undefined : `process ${pid} (${name})`;
};

/** Who listens on a port, as far as this system shows it. */
export const holderOf = (port: number): string | undefined => {
  try {
    return process.platform === 'linux' ? holderFromProc(port) : holderFromLsof(port);
  } catch {
    return undefined;
  }
};

export interface BusyPort {
  readonly service: string;
  readonly port: number;
  readonly holder: string | undefined;
}

/** The message when ports are taken. */
export const portMessage = (busy: readonly BusyPort[]): string =>
  [
    ...busy.map(
      ({ service, port, holder }) =>
        `Port ${port}, which ${service} needs, is in use by ${holder ?? 'another program'}.`,
    ),
    `Stop ${busy.length === 1 ? 'it' : 'them'} and run the command again.`,
  ].join('\n');

/** Those of the services' ports that are taken. */
export const busyPorts = async (services: readonly Service[]): Promise<BusyPort[]> => {
  const found = await Promise.all(
    services.map(async (service) => ({ service, free: await isFree(PORTS[service]) })),
  );
  return found
    .filter(({ free }) => !free)
    .map(({ service }) => ({ service, port: PORTS[service], holder: holderOf(PORTS[service]) }));
};
