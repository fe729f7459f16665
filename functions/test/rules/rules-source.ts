/**
 * Reads the conditions of a rules file: enough of the language to find every `allow` and `return`
 * and the operands of `&&`, `||` and comparisons in them.
 */

/** A part of a condition. `start` and `end` are offsets into the file (`end` exclusive). */
export type Expression = {
  readonly kind: 'or' | 'and' | 'compare' | 'leaf';
  readonly start: number;
  readonly end: number;
  /** The operator between the children: `&&`, `||`, or one comparison operator. */
  readonly operator: string | null;
  readonly children: readonly Expression[];
};

export type Condition = {
  /** `read`, `get, list`, … of an allow; null for a function's result. */
  readonly methods: string | null;
  readonly expression: Expression;
};

const COMPARISONS = ['==', '!=', '<=', '>=', '<', '>', ' in ', ' is '] as const;

/** The source with comments replaced by blanks, so that offsets do not change. */
export const withoutComments = (source: string): string =>
  source.replaceAll(/\/\/.*|\/\*[^]*?\*\//g, (comment) => comment.replaceAll(/[^\n]/g, ' '));

const skipString = (text: string, from: number): number => {
  const end = text.indexOf("'", from + 1);
  return end < 0 ? text.length : end;
};

/** Where `operators` stand outside brackets and strings, as [offset, operator]. */
const findOperators = (
  text: string,
  start: number,
  end: number,
  operators: readonly string[],
): readonly (readonly [number, string])[] => {
  const found: [number, string][] = [];
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    const letter = text.charAt(at);
    if (letter === "'") at = skipString(text, at);
    else if ('([{'.includes(letter)) depth += 1;
    else if (')]}'.includes(letter)) depth -= 1;
    else if (depth === 0) {
      const operator = operators.find((candidate) => text.startsWith(candidate, at));
      if (operator === undefined) continue;
      found.push([at, operator]);
      at += operator.length - 1;
    }
  }
  return found;
};

const split = (
  text: string,
  start: number,
  end: number,
  operators: readonly (readonly [number, string])[],
): readonly Expression[] => {
  const starts = [start, ...operators.map(([at, operator]) => at + operator.length)];
  const ends = [...operators.map(([at]) => at), end];
  return starts.map((from, index) => parseExpression(text, from, ends[index] ?? end));
};

const isBracketed = (text: string, start: number, end: number): boolean => {
  if (text.charAt(start) !== '(') return false;
  let depth = 0;
  for (let at = start; at < end; at += 1) {
    if (text.charAt(at) === '(') depth += 1;
    if (text.charAt(at) === ')') depth -= 1;
    if (depth === 0) return at === end - 1;
  }
  return false;
};

/** The tree of one condition: `||` binds loosest, then `&&`, then comparisons. */
const parseExpression = (text: string, from: number, to: number): Expression => {
  let [start, end] = [from, to];
  while (/\s/.test(text.charAt(start))) start += 1;
  while (end > start && /\s/.test(text.charAt(end - 1))) end -= 1;
  if (isBracketed(text, start, end)) {
    return { ...parseExpression(text, start + 1, end - 1), start, end };
  }
  const levels = [
    ['or', ['||']],
    ['and', ['&&']],
    ['compare', COMPARISONS],
  ] as const;
  for (const [kind, operators] of levels) {
    const found = findOperators(text, start, end, operators);
    if (found.length > 0) {
      const children = split(text, start, end, found);
      return { kind, start, end, operator: found[0]?.[1].trim() ?? null, children };
    }
  }
  return { kind: 'leaf', start, end, operator: null, children: [] };
};

/** Every condition of the file, in order. */
export const parseConditions = (source: string): readonly Condition[] => {
  const text = withoutComments(source);
  const pattern = /\ballow\s+([a-z,\s]+?)\s*:\s*if\b|\breturn\b/g;
  return [...text.matchAll(pattern)].map((match) => {
    const from = match.index + match[0].length;
    const expression = parseExpression(text, from, text.indexOf(';', from));
    return { methods: match[1] ?? null, expression };
  });
};

/** The expression and all expressions in it. */
export const subexpressions = (expression: Expression): readonly Expression[] => [
  expression,
  ...expression.children.flatMap(subexpressions),
];

/**
 * The expressions that decide: allow conditions, and results of functions that compare or combine,
 * each with every operand of their `&&` and `||`. (`person()` results are documents, not answers.)
 */
export const decisions = (condition: Condition): readonly Expression[] => {
  const { expression, methods } = condition;
  const answers = methods !== null || expression.kind !== 'leaf';
  return answers ? [expression, ...operands(expression)] : [];
};

const operands = ({ kind, children }: Expression): readonly Expression[] =>
  kind === 'and' || kind === 'or' ? children.flatMap((child) => [child, ...operands(child)]) : [];

/** Line (from 1) of an offset. */
export const lineAt = (source: string, offset: number): number =>
  source.slice(0, offset).split('\n').length;

/** A section of the file: from `// ---- Desk: <name>`, or from the start for the shared one. */
export type Section = { readonly name: string; readonly start: number; readonly text: string };

/** The sections in order; the first one, which all desks share, is called `everyone`. */
export const sectionsOf = (source: string): readonly Section[] => {
  const heads = [...source.matchAll(/^ *\/\/ ---- Desk: (\w+) -*$/gm)];
  const starts = [0, ...heads.map(({ index }) => index), source.length];
  return starts.slice(0, -1).map((start, index) => ({
    name: heads[index - 1]?.[1] ?? 'everyone',
    start,
    text: source.slice(start, starts[index + 1]),
  }));
};

/** Top-level blocks `match /collection/…`, with their text. */
export const blocksOf = (text: string): readonly { collection: string; text: string }[] =>
  [...text.matchAll(/^ {4}match \/(\w+)\/[^]*?^ {4}\}/gm)].map((match) => ({
    collection: match[1] ?? '',
    text: match[0],
  }));
