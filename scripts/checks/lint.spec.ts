import { expect } from 'chai';
import { spawnSync } from 'node:child_process';
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, relative } from 'node:path';
import { ROOT } from '../setup/paths.mjs';

const PURE = 'src/desks/isp/domain';
const longFunction = `export const f = () => {\n${"console.log('');\n".repeat(41)}};`;

/** Each is one file in a copy of the project's folders, linted with the project's rules. */
const VIOLATIONS = [
  ['a floating promise', 'src/kernel/a.ts', 'const f = async () => 1;\nf();'],
  ['any', 'src/kernel/b.ts', 'export const x: any = 1;'],
  ['an assertion with as', 'src/kernel/c.ts', 'export const x = JSON.parse("1") as number;'],
  ['a non-null assertion', 'src/kernel/d.ts', 'export const x = [1].at(0)!;'],
  ['text run as code by eval', 'src/kernel/j.ts', "export const x: unknown = eval('1');"],
  ['text run as code by a timer', 'src/kernel/k.ts', "setTimeout('1', 1);"],
  ['text run as code by Function', 'src/kernel/l.ts', "export const x = new Function('1');"],
  ['console in the source', 'src/kernel/e.ts', 'console.log(1);'],
  ['a desk in the kernel', 'src/kernel/f.ts', "export * from '../desks/cgs/index.ts';"],
  ['a desk deep in the kernel', 'src/kernel/http/a.ts', "export * from '../../desks/cgs/x.ts';"],
  ['another desk in a desk', 'src/desks/isp/a.ts', "export * from '../cgs/schemas.ts';"],
  ['another desk by a detour', 'src/desks/isp/b.ts', "export * from '../../desks/cgs/x.ts';"],
  ['another desk from a folder', 'src/desks/isp/sub/a.ts', "export * from '../../cgs/x.ts';"],
  ['firebase in a desk', 'src/desks/isp/c.ts', "export * from 'firebase-admin/app';"],
  ['Firestore in a desk', 'src/desks/isp/d.ts', "export * from '@google-cloud/firestore';"],
  ['express in a desk', 'src/desks/isp/e.ts', "export type { Request } from 'express';"],
  ['the kernel in a pure file', `${PURE}/ticket.ts`, "export * from '../../../kernel/x.ts';"],
  ['an endpoint in a pure file', `${PURE}/moves.ts`, "export * from '../tickets/accept.ts';"],
  ['the kernel below a domain', `${PURE}/log/a.ts`, "export * from '../../../../kernel/x.ts';"],
  ['an endpoint below a domain', `${PURE}/log/b.ts`, "export * from '../../tickets/accept.ts';"],
  ['the desk below a domain', `${PURE}/log/c.ts`, "export * from '../../desk.ts';"],
  ['an import in decision.ts', 'src/kernel/decision.ts', "export * from './problem.ts';"],
  ['an import in keywords.ts', 'src/kernel/keywords.ts', "export * from './problem.ts';"],
  ['Node in a pure file', `${PURE}/schemas.ts`, "export * from 'node:fs';"],
  ['a file of more than 300 lines', 'src/kernel/i.ts', 'export {};\n'.repeat(301)],
  ['a test in a script', '../scripts/d.ts', "export * from '../functions/test/rules/desks.ts';"],
  ['a function of more than 40 lines', 'src/desks/isp/g.ts', longFunction],
] as const;

const ALLOWED = [
  ['a literal by as const', 'src/kernel/g.ts', "export const x = ['a'] as const;"],
  ['firebase in the kernel', 'src/kernel/h.ts', "export * from 'firebase-admin/app';"],
  ['the kernel in a desk', 'src/desks/isp/f.ts', "export * from '../../kernel/x.ts';"],
  ['the own desk from a folder', 'src/desks/isp/sub/b.ts', "export * from '../f.ts';"],
  ['the kernel from a folder', 'src/desks/isp/sub/c.ts', "export * from '../../../kernel/x.ts';"],
  ['zod in a pure file', `${PURE}/wire.ts`, "export * from 'zod';"],
  ['a pure file in a pure file', `${PURE}/log.ts`, "export * from './moves.ts';"],
  ['a folder below in a pure file', `${PURE}/all.ts`, "export * from './log/d.ts';"],
  ['a pure file above', `${PURE}/log/d.ts`, "export * from '../moves.ts';"],
  ['a pure file in the next folder', `${PURE}/log/e.ts`, "export * from '../clock/x.ts';"],
  [
    'decisions below a domain',
    `${PURE}/log/f.ts`,
    "export * from '../../../../kernel/decision.ts';",
  ],
  ['decisions in a pure file', `${PURE}/act.ts`, "export * from '../../../kernel/decision.ts';"],
  ['Temporal in a pure file', `${PURE}/at.ts`, "export * from 'temporal-polyfill/fns/Instant';"],
  ['a test in the bench', '../scripts/bench/a.ts', "export * from '../../functions/test/x.ts';"],
  ['console in a script', '../scripts/a.ts', 'console.log(1);'],
  ['a long spec', 'test/a.spec.ts', 'export {};\n'.repeat(301)],
  ['a long function in a test', 'test/b.ts', longFunction],
] as const;

describe('the lint rules', () => {
  let folder = '';
  let reported = new Set<string>();

  before(() => {
    folder = mkdtempSync(join(tmpdir(), 'crewline-lint-'));
    for (const [, file, text] of [...VIOLATIONS, ...ALLOWED]) {
      mkdirSync(dirname(join(folder, 'functions', file)), { recursive: true });
      writeFileSync(join(folder, 'functions', file), `${text}\n`);
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
    reported = new Set(errors.map(({ filename }) => relative('functions', filename)));
  });

  after(() => rmSync(folder, { recursive: true, force: true }));

  for (const [title, file] of VIOLATIONS) {
    it(`refuse ${title}`, () => expect([...reported]).to.include(file));
  }

  for (const [title, file] of ALLOWED) {
    it(`allow ${title}`, () => expect([...reported]).not.to.include(file));
  }
});
