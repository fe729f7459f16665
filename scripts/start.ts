/** `npm start`: the whole backend on this machine, with demo data, until Ctrl-C. */
import { watchBundle } from './build.ts';
import { printFailure } from './setup/problem.mjs';
import { listAccounts } from './stack/accounts.ts';
import { URL_OF_API } from './stack/environment.ts';
import { PORTS } from './stack/ports.ts';
import { aborted, isStop, stopSignal } from './stack/signals.ts';
import { type Stack, startStack } from './stack/stack.ts';

/** From the lines of firebase-tools: what the code logs, warnings and errors. */
const isWorthShowing = (line: string): boolean => /^(>|⚠|✖|The clock failed)/.test(line);

const greeting = ({ accounts }: Stack): string => `
Crewline is ready: ${URL_OF_API}
  Functions ${PORTS.functions}, Firestore ${PORTS.firestore}, Authentication ${PORTS.auth},
  Storage ${PORTS.storage}, Cloud Tasks ${PORTS.tasks}

Demo accounts:
${listAccounts(accounts)}

Figures, notices and copies of photos of the demo data follow within a minute.
Code changes are built and loaded immediately. Ctrl-C stops it.
`;

const main = async (): Promise<void> => {
  const signal = stopSignal();
  console.log('Starting the emulators …');
  let ready = false;
  const onLine = (line: string): void => {
    if (ready && isWorthShowing(line)) console.log(line);
  };
  const stack = await startStack({ api: 'functions', seed: true, clock: true, onLine, signal });
  ready = true;
  const watcher = await watchBundle(() => {
    console.log('Rebuilt.');
    stack.restartClock().catch(printFailure);
  });
  console.log(greeting(stack));
  const broken = await Promise.race([aborted(signal), stack.broken]);
  if (broken === undefined) console.log('\nStopping …');
  else console.error(broken);
  await watcher.stop();
  await stack.stop();
  if (broken !== undefined) process.exitCode = 1;
};

try {
  await main();
} catch (error) {
  if (!isStop(error)) {
    printFailure(error);
    process.exitCode = 1;
  }
}
process.exit();
