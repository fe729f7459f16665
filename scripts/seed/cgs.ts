import { readFileSync } from 'node:fs';
import { PEOPLE } from './cgs/people.ts';
import { STORIES } from './cgs/stories.ts';
import { idOf } from './people.ts';
import { type DeskSeed, LONG_AGO, type Story } from './play.ts';

/** Kinds of master data by the path of their endpoint and the name of their file: what ids begin with. */
const KINDS = {
  areas: 'area',
  main_splitters: 'main splitter',
  splitters: 'splitter',
  pops: 'pop',
  isps: 'isp',
  indications: 'indication',
  clients: 'client',
} as const;

/** A file's records, each with an id by its first cell. Those that are there stay as they are. */
const imported = ([path, kind]: readonly [string, string], index: number): Story => {
  const csv = readFileSync(new URL(`cgs/${path}.csv`, import.meta.url), 'utf8');
  const [, ...rows] = csv.trim().split('\n');
  return {
    unless: [],
    ids: rows.map((row) => idOf(`${kind} ${row.split(',')[0]}`)),
    steps: [
      [
        LONG_AGO - index,
        'superadmin',
        ({ send }) => send(`POST /v1/${path}/import?partial=true`, csv),
      ],
    ],
  };
};

export const cgsSeed: DeskSeed = {
  people: PEOPLE,
  stories: [...Object.entries(KINDS).map(imported), ...STORIES],
};
