import { ROLES as CGS_ROLES, TICKET_STATUSES } from '../../src/desks/cgs/domain/vocabulary.ts';
import {
  ROLES as COMMUNITY_ROLES,
  TICKET_ORIGIN,
} from '../../src/desks/community/domain/vocabulary.ts';
import { PERMISSIONS } from '../../src/desks/urban/domain/vocabulary.ts';
import {
  decisions,
  type Expression,
  lineAt,
  parseConditions,
  subexpressions,
  withoutComments,
} from './rules-source.ts';

/** The rules with one thing broken. */
export type Mutant = {
  readonly line: number;
  /** The text before and after; together they identify the mutant in the list of equivalents. */
  readonly before: string;
  readonly after: string;
  readonly source: string;
  readonly letsWrite: boolean;
};

const OPPOSITES: Readonly<Record<string, readonly string[]>> = {
  '==': ['!='],
  '!=': ['=='],
  '>': ['>=', '<'],
  '>=': ['>', '<'],
  '<': ['<=', '>'],
  '<=': ['<', '>'],
};

const mutantAt = (source: string, start: number, end: number, after: string): Mutant => ({
  line: lineAt(source, start),
  before: source.slice(start, end).replaceAll(/\s+/g, ' ').trim(),
  after: after.trim(),
  source: source.slice(0, start) + after + source.slice(end),
  letsWrite: after.endsWith('write'),
});

/** Each condition and each operand of `&&` and `||`: always true, always false. */
const constants = (source: string, expression: Expression): readonly Mutant[] =>
  ['true', 'false'].map((value) => mutantAt(source, expression.start, expression.end, value));

/** `&&` becomes `||` and the reverse; a comparison becomes another one. */
const operators = (source: string, { kind, children }: Expression): readonly Mutant[] =>
  children.slice(1).flatMap((child, index) => {
    const left = children[index];
    if (left === undefined) return [];
    const gap = source.slice(left.end, child.start);
    const sign = gap.trim();
    const others = kind === 'and' ? ['||'] : kind === 'or' ? ['&&'] : (OPPOSITES[sign] ?? []);
    return others.map((other) => {
      const changed = mutantAt(source, left.end, child.start, gap.replace(sign, other));
      const before = source.slice(left.start, child.end).replaceAll(/\s+/g, ' ');
      return { ...changed, before, after: `… ${other} …` };
    });
  });

const tokens = (
  source: string,
  pattern: RegExp,
  replacements: (token: string) => readonly string[],
): readonly Mutant[] =>
  [...withoutComments(source).matchAll(pattern)].flatMap((match) =>
    replacements(match[0]).map((after) =>
      mutantAt(source, match.index, match.index + match[0].length, after),
    ),
  );

/** Words that can be confused with one another. */
const KIN: readonly (readonly string[])[] = [
  CGS_ROLES,
  TICKET_STATUSES,
  COMMUNITY_ROLES,
  [TICKET_ORIGIN, 'event'],
  PERMISSIONS,
  ['companyId', 'communityId', 'residentId'],
  ['ispId', 'branchId'],
  ['userId', 'assignedTo'],
];

const kinOf = (word: string): readonly string[] =>
  (KIN.find((words) => words.includes(word)) ?? []).filter((other) => other !== word);

const swapLiteral = (token: string): readonly string[] =>
  kinOf(token.slice(1, -1)).map((other) => `'${other}'`);

const swapField = (token: string): readonly string[] =>
  kinOf(token.slice(1)).map((other) => `.${other}`);

/** Words, fields, numbers, lists, paths and methods of the file. */
const inFile = (source: string): readonly Mutant[] => [
  ...tokens(source, /'[\w:]+'/g, swapLiteral),
  ...tokens(source, /\.\w+Id\b|\.assignedTo\b/g, swapField),
  // One member of a list of words is removed.
  ...tokens(source, /'[A-Za-z]+', |, '[A-Za-z]+'(?=\])/g, () => ['']),
  ...tokens(source, /\+ 1\b/g, () => ['+ 0', '+ 2', '- 1']),
  ...tokens(source, /\* 1000\b/g, () => ['* 1001', '* 999', '* 1']),
  ...tokens(source, /allow (?:read|get|list)/g, (allow) => [`${allow}, write`]),
  ...tokens(source, /allow read/g, () => ['allow get', 'allow list', 'allow create']),
  ...tokens(source, /allow get/g, () => ['allow list', 'allow read']),
  // A path of one collection matches everything below it, or every collection of its name.
  ...tokens(source, /match \/(?!databases\/)\w+\/\{\w+\}/g, (match) => [
    match.replace('}', '=**}'),
    match.replace('/', '/{anywhere=**}/'),
  ]),
];

/** All mutants of the rules, each with one change, without duplicates. */
export const mutate = (source: string): readonly Mutant[] => {
  const conditions = parseConditions(source);
  const all = [
    ...conditions.flatMap(decisions).flatMap((expression) => constants(source, expression)),
    ...conditions
      .flatMap(({ expression }) => subexpressions(expression))
      .flatMap((expression) => operators(source, expression)),
    ...inFile(source),
  ];
  return [...new Map(all.map((mutant) => [mutant.source, mutant])).values()];
};
