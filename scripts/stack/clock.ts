/**
 * Replaces Cloud Scheduler, which has no emulator here: calls the bundle's `clock` every few seconds.
 * As a program it runs until its parent ends.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { importBundle } from './bundle.ts';

const CLOCK_SECONDS = 5;

/** Runs the clock forever, one run after the other. A failed run is reported. */
export const runClock = async (): Promise<never> => {
  const { clock } = await importBundle();
  for (;;) {
    await delay(CLOCK_SECONDS * 1000);
    try {
      await clock.run({ scheduleTime: new Date().toISOString(), jobName: undefined });
    } catch (error) {
      console.error('The clock failed:', error);
    }
  }
};

if (import.meta.main) {
  process.on('disconnect', () => process.exit());
  await runClock();
}
