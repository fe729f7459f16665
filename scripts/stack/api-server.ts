/**
 * The bundle's API, its triggers and its clock in one Node process, on Hosting's port. It carries more
 * load than the Functions emulator, whose workers take one request at a time.
 */
import { createServer } from 'node:http';
import { importBundle } from './bundle.ts';
import { runClock } from './clock.ts';
import { PORTS } from './ports.ts';
import { runTriggers } from './triggers.ts';

process.on('disconnect', () => process.exit());
const { api } = await importBundle();
const server = createServer((request, response) => void api(request, response));
server.listen(PORTS.hosting, '127.0.0.1');
await runTriggers();
await runClock();
