/** Fills the emulators with demo data and sends the parent the demo accounts. */
import { demoAccounts, seed } from '../seed.ts';

await seed();
process.send?.(demoAccounts);
process.disconnect?.();
process.exit();
