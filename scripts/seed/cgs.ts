import { readFileSync } from 'node:fs';
import { INCIDENTS } from './cgs/incidents.ts';
import { PEOPLE } from './cgs/people.ts';
import { STORIES } from './cgs/stories.ts';
import { idOf, uidOf } from './people.ts';
import { type DeskSeed, LONG_AGO, type Story } from './play.ts';

/** By the path of the endpoint, which is also the name of the file: how ids of this kind begin. */
const KINDS = {
  areas: 'area',
  main_splitters: 'main splitter',
  splitters: 'splitter',
  pops: 'pop',
  isps: 'isp',
  indications: 'indication',
  clients: 'client',
} as const;

/** Imports a file's records. Each id follows from the row's first cell; existing records stay. */
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

const WEBHOOK = idOf('webhook status page');

/** Switched off, since nobody listens at its URL. */
const webhook: Story = {
  unless: [`webhooks/${WEBHOOK}`],
  ids: [WEBHOOK],
  steps: [
    [
      LONG_AGO,
      'superadmin',
      ({ send }) =>
        send('POST /v1/webhooks', {
          url: 'https://hooks.example.com/crewline',
          description: 'The status page of the west',
          desk: 'cgs',
          kinds: ['opened'],
          region: 'West',
          active: false,
        }),
    ],
  ],
};

/** Of the crew in Bandung; no phone has its token, so what would ring is in the log. */
const phone: Story = {
  unless: [`inbox/${uidOf('foc1.west')}`],
  steps: [
    [
      5,
      'foc1.west',
      ({ send }) =>
        send('PUT /v1/me/devices/demo-phone', {
          token: 'the token of a demo phone',
          platform: 'android',
          appVersion: '1.0.0',
        }),
    ],
  ],
};

export const cgsSeed: DeskSeed = {
  people: PEOPLE,
  stories: [...Object.entries(KINDS).map(imported), webhook, phone, ...STORIES, ...INCIDENTS],
};
