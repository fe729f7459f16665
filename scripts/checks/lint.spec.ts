import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

/** Each is one file in a copy of the project's folders, linted with the project's rules. */
const VIOLATIONS = [
  ['a floating promise', 'functions/src/kernel/a.ts', 'const f = async () => 1;\nf();'],
  ['any', 'functions/src/kernel/b.ts', 'export const x: any = 1;'],
  [
    'an assertion with as',
    'functions/src/kernel/c.ts',
    'export const x = JSON.parse("1") as number;',
  ],
  ['a non-null assertion', 'functions/src/kernel/d.ts', 'export const x = [1].at(0)!;'],
  ['console in the source', 'functions/src/kernel/e.ts', 'console.log(1);'],
  ['a desk in the kernel', 'functions/src/kernel/f.ts', "export * from '../desks/cgs/index.ts';"],
  [
    'a desk deep in the kernel',
    'functions/src/kernel/http/a.ts',
    "export * from '../../desks/cgs/x.ts';",
  ],
  ['another desk in a desk', 'functions/src/desks/isp/a.ts', "export * from '../cgs/schemas.ts';"],
  [
    'another desk by a detour',
    'functions/src/desks/isp/b.ts',
    "export * from '../../desks/cgs/x.ts';",
  ],
  [
    'another desk from a folder',
    'functions/src/desks/isp/sub/a.ts',
    "export * from '../../cgs/x.ts';",
  ],
  ['firebase in a desk', 'functions/src/desks/isp/c.ts', "export * from 'firebase-admin/app';"],
  [
    'Firestore in a desk',
    'functions/src/desks/isp/d.ts',
    "export * from '@google-cloud/firestore';",
  ],
  ['express in a desk', 'functions/src/desks/isp/e.ts', "export type { Request } from 'express';"],
  [
    'the kernel in a pure file',
    'functions/src/desks/isp/domain/ticket.ts',
    "export * from '../../../kernel/x.ts';",
  ],
  [
    'an endpoint in a pure file',
    'functions/src/desks/isp/domain/moves.ts',
    "export * from '../tickets/accept-ticket.ts';",
  ],
  [
    'an import in what pure files import',
    'functions/src/kernel/decision.ts',
    "export * from './problem.ts';",
  ],
  ['Node in a pure file', 'functions/src/desks/isp/domain/schemas.ts', "export * from 'node:fs';"],
  ['a file of more than 300 lines', 'scripts/b.ts', 'export {};\n'.repeat(301)],
  [
    'a function of more than 40 lines',
    'scripts/c.ts',
    `export const f = () => {\n${"console.log('');\n".repeat(41)}};`,
  ],
] as const;

const ALLOWED = [
  ['a literal by as const', 'functions/src/kernel/g.ts', "export const x = ['a'] as const;"],
  ['firebase in the kernel', 'functions/src/kernel/h.ts', "export * from 'firebase-admin/app';"],
  ['the kernel in a desk', 'functions/src/desks/isp/f.ts', "export * from '../../kernel/x.ts';"],
  ['the own desk from a folder', 'functions/src/desks/isp/sub/b.ts', "export * from '../f.ts';"],
  [
    'the kernel from a folder',
    'functions/src/desks/isp/sub/c.ts',
    "export * from '../../../kernel/x.ts';",
  ],
  [
    'zod and pure files in a pure file',
    'functions/src/desks/cgs/domain/ticket.ts',
    "export * from 'zod';\nexport * from './moves.ts';",
  ],
  [
    'decisions and Temporal in a pure file',
    'functions/src/desks/cgs/domain/calendar.ts',
    "export * from '../../../kernel/decision.ts';\nexport * from 'temporal-polyfill/fns/Instant';",
  ],
  ['console in a script', 'scripts/a.ts', 'console.log(1);'],
  ['a long spec', 'scripts/a.spec.ts', 'export {};\n'.repeat(301)],
] as const;

describe('the lint rules', () => {
  let folder = '';
  let reported = new Set<string>();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crewline-lint-'));
    for (const [, file, text] of [...VIOLATIONS, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, file)), { recursive: true });
      writeFileSync(join(folder, file), `${text}\n`);
    }
    for (const file of ['.oxlintrc.json', 'tsconfig.json'])
      copyFileSync(join(ROOT, file), join(folder, file));
    symlinkSync(join(ROOT, 'node_modules'), join(folder, 'node_modules'));
    const args = ['--type-aware', '--format=json'];
    const oxlint = join(ROOT, 'node_modules/.bin/oxlint');
    const { stdout } = spawnSync(oxlint, args, { cwd: folder, encoding: 'utf8' });
    const { diagnostics }: { diagnostics: { filename: string; severity: string }[] } =
      JSON.parse(stdout);
    const errors = diagnostics.filter(({ severity }) => severity === 'error');
    reported = new Set(errors.map(({ filename }) => filename));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [title, file] of VIOLATIONS) {
    it(`refuse ${title}`, () => expect([...reported]).to.include(file));
  }

  for (const [title, file] of ALLOWED) {
    it(`allow ${title}`, () => expect([...reported]).not.to.include(file));
  }
});
