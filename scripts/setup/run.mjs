import { spawn, spawnSync } from 'node:child_process';
import { createInterface } from 'node:readline';

/**
 * @typedef {object} RunResult
 * @property {number} code 127 when the program is not there
 * @property {string} output both streams, in the order in which they came
 */

/**
 * Runs a program to its end and collects what it prints.
 *
 * @param {string} program
 * @param {readonly string[]} args
 * @param {{ cwd?: string, env?: NodeJS.ProcessEnv, onLine?: (line: string) => void, signal?: AbortSignal }} [options]
 * @returns {Promise<RunResult>}
 */
export const run = (program, args, options = {}) =>
  new Promise((resolve) => {
    const child = spawn(program, args, {
      cwd: options.cwd,
      env: options.env ?? process.env,
      signal: options.signal,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    for (const stream of [child.stdout, child.stderr]) {
      stream.on('data', (chunk) => {
        output += chunk;
      });
      createInterface({ input: stream }).on('line', (line) => options.onLine?.(line));
    }
    child.on('error', (error) => resolve({ code: 127, output: output + error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });

/**
 * What a program prints for its version; undefined when it cannot be run.
 *
 * @param {string} program
 * @param {string} [flag]
 * @returns {string | undefined}
 */
export const versionOutput = (program, flag = '--version') => {
  const { error, stdout, stderr } = spawnSync(program, [flag], {
    encoding: 'utf8',
    timeout: 10_000,
  });
  return error ? undefined : `${stdout}${stderr}`;
};

/**
 * The last lines of a long output, for an error message.
 *
 * @param {string} output
 * @param {number} [lines]
 */
export const tail = (output, lines = 15) => output.trimEnd().split('\n').slice(-lines).join('\n');
