import { idOf } from '../people.ts';
import { uploadPhoto } from '../photo.ts';
import type { Story } from '../play.ts';
import { ticketId } from './acts.ts';

const INCIDENT = idOf('incident braga distribution cable');

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
];
