import type { Filter, Listener, Me, Value } from '../../src/kernel/store/listener.ts';

// The names that a snippet uses for a person's own values.
const ME: Me = {
  uid: 'me.uid',
  region: 'me.region',
  companyId: 'me.companyId',
  communityId: 'me.communityId',
  residentId: 'me.residentId',
  idOrigen: 'idOrigen',
  ispId: 'me.ispId',
  branchId: 'branchId',
  ticketId: 'ticketId',
  incidentId: 'incidentId',
};

const NAMES: ReadonlySet<unknown> = new Set(Object.values(ME));

const literal = (value: Value, quote: string, list: readonly [string, string]): string => {
  if (typeof value === 'string') return NAMES.has(value) ? value : `${quote}${value}${quote}`;
  if (typeof value !== 'object' || value === null) return String(value);
  const members = value.map((member) => literal(member, quote, list));
  return `${list[0]}${members.join(', ')}${list[1]}`;
};

type Writer = (
  collection: string,
  filters: readonly Filter[],
  latest: Listener['latest'],
) => string;

const web: Writer = (collection, filters, latest) => {
  const parts = filters.map(
    ([field, operator, value]) =>
      `where('${field}', '${operator}', ${literal(value, "'", ['[', ']'])})`,
  );
  const cut = latest ? [`orderBy('${latest.by}', 'desc')`, `limit(${latest.limit})`] : [];
  const path = collection
    .split('/')
    .map((name) => (name === '{uid}' ? ME.uid : `'${name}'`))
    .join(', ');
  return `query(${[`collection(db, ${path})`, ...parts, ...cut].join(', ')})`;
};

/** The path of a collection as Kotlin and Dart put the uid into a text. */
const templated = (collection: string): string => collection.replace('{uid}', `\${${ME.uid}}`);

const kotlin: Writer = (collection, filters, latest) =>
  filters.reduce(
    (text, [field, operator, value]) => {
      const method = operator === 'in' ? 'whereIn' : 'whereEqualTo';
      return `${text}.${method}("${field}", ${literal(value, '"', ['listOf(', ')'])})`;
    },
    `db.collection("${templated(collection)}")`,
  ) + (latest ? `.orderBy("${latest.by}", Query.Direction.DESCENDING).limit(${latest.limit})` : '');

const dart: Writer = (collection, filters, latest) =>
  filters.reduce(
    (text, [field, operator, value]) => {
      if (value === null) return `${text}.where('${field}', isNull: true)`;
      const method = operator === 'in' ? 'whereIn' : 'isEqualTo';
      return `${text}.where('${field}', ${method}: ${literal(value, "'", ['[', ']'])})`;
    },
    `db.collection('${templated(collection)}')`,
  ) + (latest ? `.orderBy('${latest.by}', descending: true).limit(${latest.limit})` : '');

export const LANGUAGES = { web, kotlin, dart } as const;
export type Language = keyof typeof LANGUAGES;

/** The named assignment that docs/listening.md shows for a listener. */
export const snippet = (
  language: Language,
  name: string,
  { collection, where, latest }: Listener,
): string => {
  const keyword = { web: 'const', kotlin: 'val', dart: 'final' }[language];
  const end = language === 'kotlin' ? '' : ';';
  return `${keyword} ${name} = ${LANGUAGES[language](collection, where(ME), latest)}${end}`;
};

/** The code without its line breaks, for comparison. */
export const squeeze = (text: string): string =>
  text.replaceAll(/\s+/g, '').replaceAll(/,(?=[)\]])/g, '');
