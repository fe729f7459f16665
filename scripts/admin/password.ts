import { randomBytes } from 'node:crypto';
import { Problem } from '../setup/problem.mjs';

/** 120 random bits. */
export const randomPassword = (): string => randomBytes(15).toString('base64url');

const BACKSPACE = new Set(['\u007f', '\b']);
const END = new Set(['\r', '\n', '\u0004']);
const CTRL_C = '\u0003';

/** Reads one line from the terminal without showing it. Ctrl-C ends the program. */
export const askSecret = (question: string): Promise<string> =>
  new Promise((resolve, reject) => {
    const { stdin, stderr } = process;
    let typed = '';
    const done = (): void => {
      stdin.off('data', take).pause();
      stdin.setRawMode(false);
      stderr.write('\n');
    };
    const take = (chunk: string): void => {
      for (const char of chunk) {
        if (char === CTRL_C) {
          done();
          reject(new Problem('Nothing was changed.'));
          return;
        }
        if (END.has(char)) {
          done();
          resolve(typed);
          return;
        }
        typed = BACKSPACE.has(char) ? [...typed].slice(0, -1).join('') : typed + char;
      }
    };
    stderr.write(question);
    stdin.setRawMode(true);
    stdin.setEncoding('utf8').on('data', take).resume();
  });
