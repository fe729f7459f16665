import { once } from 'node:events';
import { connect, createServer, type Server, type Socket } from 'node:net';
import { Firestore } from 'firebase-admin/firestore';
import { CONNECTION } from '../../src/kernel/store/store.ts';
import { PROJECT } from './harness.ts';
import { createGate } from './hooked-store.ts';

/**
 * What happens to a request that the proxy watches for: its connection is cut before the server gets
 * it, or after the server has answered but before the answer is passed on; or the request waits until
 * the test releases it.
 */
export type Fault = 'cut-before' | 'cut-after' | 'hold';

interface Watch {
  readonly text: string;
  readonly fault: Fault;
  readonly met: () => void;
  readonly release: Promise<void>;
}

export interface TcpProxy {
  /** Host and port, as FIRESTORE_EMULATOR_HOST has them. */
  readonly host: string;
  /** Applies the fault to the next request whose message contains `text`. */
  readonly fault: (fault: Fault, text: string) => { met: Promise<void>; release: () => void };
  /** From now on nothing passes and no error is sent: a network that loses everything. */
  readonly blackhole: (on: boolean) => void;
  /** Ends all connections and refuses new ones, like a server that is down. */
  readonly shut: () => Promise<void>;
  readonly open: () => Promise<void>;
  readonly stop: () => Promise<void>;
}

const PREFACE = 'PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n'.length;
const FRAME_HEAD = 9;
const DATA = 0;
const HEADERS = 1;

interface Frame {
  readonly type: number;
  readonly stream: number;
  readonly bytes: Buffer;
}

/** Splits HTTP/2 into frames; the first `skip` bytes belong to none. */
const createFrames = (skip: number) => {
  let rest = Buffer.alloc(0);
  let toSkip = skip;
  return (chunk: Buffer): { head: Buffer; frames: Frame[] } => {
    rest = Buffer.concat([rest, chunk]);
    const head = rest.subarray(0, toSkip);
    toSkip -= head.length;
    rest = rest.subarray(head.length);
    const frames: Frame[] = [];
    while (toSkip === 0 && rest.length >= FRAME_HEAD) {
      const length = FRAME_HEAD + rest.readUIntBE(0, 3);
      if (rest.length < length) break;
      const bytes = rest.subarray(0, length);
      frames.push({ type: rest.readUInt8(3), stream: rest.readUInt32BE(5) & 0x7fffffff, bytes });
      rest = rest.subarray(length);
    }
    return { head, frames };
  };
};

interface State {
  readonly watches: Watch[];
  lost: boolean;
}

/** Passes frames between one client and the server, with the faults that were asked for. */
const join = (client: Socket, server: Socket, state: State): void => {
  const cut = () => {
    client.destroy();
    server.destroy();
  };
  for (const socket of [client, server]) socket.on('error', cut).on('close', cut);
  const answered = new Set<number>();
  const fromClient = createFrames(PREFACE);
  const fromServer = createFrames(0);
  // Frames of one stream keep their order; a stream that waits does not delay others.
  const turns = new Map<number, Promise<void>>();

  /** Finds and removes the watch that a frame matches. */
  const watchFor = ({ type, bytes }: Frame): Watch | undefined => {
    const index = type === DATA ? state.watches.findIndex(({ text }) => bytes.includes(text)) : -1;
    return index < 0 ? undefined : state.watches.splice(index, 1)[0];
  };

  const pass = async ({ stream, bytes }: Frame, watch: Watch | undefined): Promise<void> => {
    watch?.met();
    if (watch?.fault === 'cut-before') return cut();
    if (watch?.fault === 'cut-after') answered.add(stream);
    if (watch?.fault === 'hold') await watch.release;
    if (!server.destroyed) server.write(bytes);
  };

  client.on('data', (chunk: Buffer) => {
    if (state.lost) return;
    const { head, frames } = fromClient(chunk);
    if (head.length > 0) server.write(head);
    for (const frame of frames) {
      const watch = watchFor(frame);
      const turn = turns.get(frame.stream);
      if (turn !== undefined)
        turns.set(
          frame.stream,
          turn.then(() => pass(frame, watch)),
        );
      else if (watch?.fault === 'hold') turns.set(frame.stream, pass(frame, watch));
      else void pass(frame, watch);
    }
  });
  server.on('data', (chunk: Buffer) => {
    if (state.lost) return;
    for (const { type, stream, bytes } of fromServer(chunk).frames) {
      if (answered.has(stream) && (type === HEADERS || type === DATA)) return cut();
      if (!client.destroyed) client.write(bytes);
    }
  });
};

/** A TCP proxy in front of the Firestore emulator, on a port of its own. */
export const startTcpProxy = async (target: string): Promise<TcpProxy> => {
  const url = new URL(`http://${target}`);
  const state: State = { watches: [], lost: false };
  const sockets = new Set<Socket>();
  const onClient = (client: Socket): void => {
    const server = connect(Number(url.port), url.hostname);
    for (const socket of [client, server]) {
      sockets.add(socket);
      socket.on('close', () => sockets.delete(socket));
    }
    join(client, server, state);
  };
  let listener: Server | undefined;
  let port = 0;

  const open = async (): Promise<void> => {
    listener = createServer(onClient).listen(port, '127.0.0.1');
    await once(listener, 'listening');
    const address = listener.address();
    port = typeof address === 'object' ? (address?.port ?? 0) : 0;
  };
  const shut = async (): Promise<void> => {
    if (listener === undefined) return;
    const closed = once(listener, 'close');
    listener.close();
    listener = undefined;
    for (const socket of sockets) socket.destroy();
    await closed;
  };
  await open();
  return {
    host: `127.0.0.1:${port}`,
    fault: (fault, text) => {
      const met = createGate();
      const release = createGate();
      state.watches.push({ text, fault, met: met.open, release: release.opened });
      return { met: met.opened, release: release.open };
    },
    blackhole: (on) => {
      state.lost = on;
      // A connection that lost part of a frame can't be continued.
      if (!on) for (const socket of sockets) socket.destroy();
    },
    shut,
    open,
    stop: shut,
  };
};

/** A Firestore client that reaches the emulator only through this host. */
export const firestoreAt = (host: string): Firestore => {
  const name = 'FIRESTORE_EMULATOR_HOST';
  const usual = process.env[name];
  // The SDK reads the emulator's host from the environment when the client is created.
  process.env[name] = host;
  try {
    return new Firestore({ projectId: PROJECT, ...CONNECTION });
  } finally {
    process.env[name] = usual;
  }
};
