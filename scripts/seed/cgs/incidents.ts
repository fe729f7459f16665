import { idOf } from '../people.ts';
import { uploadPhoto } from '../photo.ts';
import type { Story } from '../play.ts';
import { ticketId } from './acts.ts';

const INCIDENT = idOf('incident braga distribution cable');
const DARK_SPLITTER = idOf('incident perak splitter');
/** The ticket that was opened for a client of the splitter who had not called. */
const OPENED = ticketId('perak container terminal, by its splitter');

/** Incidents of the demo data, with tickets of other stories. */
export const INCIDENTS: readonly Story[] = [
  {
    unless: [`incidents/${INCIDENT}`],
    ids: [INCIDENT],
    steps: [
      [
        11,
        'noc.west',
        ({ send, minutesAgo }) =>
          send('POST /v1/incidents', {
            title: 'Distribution cable cut in Braga',
            networkSegment: 'Fishbone',
            part: { kind: 'Splitter', id: idOf('splitter SP BRAGA') },
            expectedEndAt: minutesAgo(-180),
            remark: 'A truck tore the cable down at the crossing.',
          }),
      ],
      [
        10,
        'noc.west',
        ({ send }, id) =>
          send(`POST /v1/incidents/${id}/tickets`, {
            ticketIds: ['braga hotel without light', 'dago school cable'].map(ticketId),
          }),
      ],
      [
        7,
        'noc.west',
        async (scene, id) =>
          scene.send(`POST /v1/incidents/${id}/notes`, {
            remark: 'The road is closed: come from Lembong.',
            mediaUrl: await uploadPhoto(scene, '/v1'),
          }),
      ],
    ],
  },
  {
    unless: [`incidents/${DARK_SPLITTER}`],
    ids: [DARK_SPLITTER],
    steps: [
      [
        20,
        'noc.east',
        ({ send, minutesAgo }) =>
          send('POST /v1/incidents', {
            title: 'Splitter at Perak is dark',
            networkSegment: 'Access',
            part: { kind: 'Splitter', id: idOf('splitter SP PERAK') },
            expectedEndAt: minutesAgo(-120),
          }),
      ],
      [
        19,
        'noc.east',
        ({ send }, id) =>
          send(`POST /v1/incidents/${id}/tickets`, {
            ticketIds: [ticketId('darmo boarding house')],
          }),
      ],
    ],
  },
  {
    unless: [`tickets/${OPENED}`],
    ids: [OPENED],
    steps: [
      [
        18,
        'noc.east',
        async ({ send, runClock }) => {
          await send(`POST /v1/incidents/${DARK_SPLITTER}/open-tickets`, {
            type: 'Trouble',
            source: 'DeviceLog',
            indicationCategory: 'FiberCut',
          });
          await runClock();
        },
      ],
    ],
  },
];
