/**
 * Starts the official Storage emulator without its rules, for which alone it needs Java: the Admin SDK
 * does not ask them, and storage.rules refuses everybody else. It is internal to firebase-tools, so
 * `storage-emulator.spec.ts` guards what is used here when the pinned version moves.
 */
import { mkdtemp, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PORTS } from './ports.ts';

interface Startable {
  start: () => Promise<void>;
}

interface Emulator extends Startable {
  readonly _rulesRuntime: Startable;
  readonly _rulesManager: Startable;
  readonly destroyServer: () => Promise<void>;
}

interface Options {
  readonly projectId: string;
  readonly host: string;
  readonly port: number;
  readonly rules: { readonly name: string; readonly content: string };
}

interface Internals {
  readonly StorageEmulator: new (options: Options) => Emulator;
  readonly EmulatorRegistry: { readonly start: (emulator: Emulator) => Promise<void> };
}

const internals = (): Internals => {
  const load = createRequire(import.meta.url);
  return {
    ...load('firebase-tools/lib/emulator/storage/index.js'),
    ...load('firebase-tools/lib/emulator/registry.js'),
  };
};

const nothing = async (): Promise<void> => {};

/** Starts the emulator on a port; resolves once it listens. */
export const startStorage = async (
  projectId: string,
  port: number,
): Promise<{ stop: () => Promise<void> }> => {
  // The emulator keeps its files in one folder of the system's, which stacks must not share.
  const folder = await mkdtemp(join(tmpdir(), 'crewline-storage-'));
  const usual = process.env['TMPDIR'];
  process.env['TMPDIR'] = folder;
  const { StorageEmulator, EmulatorRegistry } = internals();
  const rules = { name: 'storage.rules', content: '' };
  const emulator = new StorageEmulator({ projectId, host: '127.0.0.1', port, rules });
  if (usual === undefined) delete process.env['TMPDIR'];
  else process.env['TMPDIR'] = usual;
  emulator._rulesRuntime.start = nothing;
  emulator._rulesManager.start = nothing;
  await EmulatorRegistry.start(emulator);
  const stop = async (): Promise<void> => {
    await emulator.destroyServer();
    await rm(folder, { recursive: true, force: true });
  };
  return { stop };
};

if (import.meta.main) {
  const { stop } = await startStorage(process.env['GCLOUD_PROJECT'] ?? '', PORTS.storage);
  process.on('disconnect', () => void stop().finally(() => process.exit()));
}
