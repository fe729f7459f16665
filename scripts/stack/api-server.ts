/**
 * The bundle's API, its triggers, its queues and its clock in one Node process. It carries more load
 * than the Functions emulator, whose workers take one request at a time. Its only argument is the
 * port, by default Hosting's; 0 is any that is free, for the queues too. It sends its port to its parent.
 */
import { once } from 'node:events';
import { createServer } from 'node:http';
import { importBundle } from './bundle.ts';
import { runClock } from './clock.ts';
import { PORTS } from './ports.ts';
import { serveTasks } from './tasks.ts';
import { runTriggers } from './triggers.ts';

process.on('disconnect', () => process.exit());
const port = process.argv[2];
const { api, queues } = await importBundle();
const tasks = await serveTasks(queues, port === undefined ? PORTS.tasks : 0);
process.env['CLOUD_TASKS_EMULATOR_HOST'] = tasks.host;
await runTriggers();
const server = createServer((request, response) => void api(request, response));
server.listen(Number(port ?? PORTS.hosting), '127.0.0.1');
await once(server, 'listening');
process.send?.(server.address());
await runClock();
