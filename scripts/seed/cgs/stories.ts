import {
  accept,
  approve,
  assign,
  cancel,
  checkIn,
  depart,
  finish,
  pend,
  refuse,
  work,
  type Story,
} from './play.ts';
import { cut, dead, planned } from './requests.ts';
import { WEST } from './stories-west.ts';

const CENTRAL: readonly Story[] = [
  {
    name: 'kota lama shop',
    client: 'CID-2002',
    opened: [35, 'noc.central@crewline.test'],
    request: { ...dead, source: 'Telegram', indication: 'ONT mati' },
    steps: [],
  },
  {
    name: 'pemuda office at the door',
    client: 'CID-2001',
    opened: [120, 'noc.central@crewline.test'],
    request: { ...cut, source: 'Phone' },
    steps: [
      [112, 'foc1.central@crewline.test', accept],
      [105, 'foc1.central@crewline.test', depart],
      [40, 'foc1.central@crewline.test', checkIn('Badge taken.')],
      [33, 'noc.central@crewline.test', approve],
    ],
  },
  {
    name: 'banyumanik mill link check',
    client: 'CID-2003',
    opened: [215, 'noc.central@crewline.test'],
    request: { ...cut, source: 'DeviceLog', networkSegment: 'Backbone' },
    steps: [
      [205, 'foc1.central@crewline.test', accept],
      [200, 'foc1.central@crewline.test', depart],
      [165, 'foc1.central@crewline.test', checkIn('At gate 2.')],
      [160, 'noc.central@crewline.test', approve],
      [130, 'foc1.central@crewline.test', work('jointing', 'Two joints.')],
      [18, 'foc1.central@crewline.test', work('linkChecking', '-17 dBm.')],
    ],
  },
  {
    name: 'kaliurang campus repaired',
    client: 'CID-2101',
    opened: [4520, 'noc.central@crewline.test'],
    request: { ...cut, source: 'Email' },
    steps: [
      [4500, 'foc1.central@crewline.test', accept],
      [4490, 'foc1.central@crewline.test', depart],
      [4440, 'foc1.central@crewline.test', checkIn('Arrived.')],
      [4436, 'noc.central@crewline.test', refuse('The photo shows another building.')],
      [4430, 'foc1.central@crewline.test', checkIn('At the right building.')],
      [4428, 'noc.central@crewline.test', approve],
      [4400, 'foc1.central@crewline.test', work('tidying', 'Cable bound up again.')],
      [4390, 'foc1.central@crewline.test', work('linkChecking', '-19 dBm.')],
      [4385, 'noc.central@crewline.test', approve],
      [4380, 'foc1.central@crewline.test', finish('Closed the closure.')],
      [4370, 'noc.central@crewline.test', approve],
    ],
  },
  {
    name: 'jebres printer changed his mind',
    client: 'CID-2201',
    opened: [1500, 'noc.central@crewline.test'],
    request: { ...dead, source: 'Whatsapp' },
    steps: [
      [1480, 'foc1.central@crewline.test', accept],
      [1470, 'foc1.central@crewline.test', depart],
      [1430, 'foc1.central@crewline.test', cancel('CustomerRequest', 'He moves out next week.')],
      [1425, 'noc.central@crewline.test', approve],
    ],
  },
];

const EAST: readonly Story[] = [
  {
    name: 'darmo boarding house',
    client: 'CID-3003',
    opened: [25, 'noc.east@crewline.test'],
    request: { ...planned, source: 'Phone', remark: 'Bent cable at the pole, still working.' },
    steps: [],
  },
  {
    name: 'sanur villa on the way',
    client: 'CID-3201',
    opened: [75, 'noc.east@crewline.test'],
    request: { ...cut, source: 'Telegram' },
    steps: [
      [60, 'foc1.east@crewline.test', accept],
      [22, 'foc1.east@crewline.test', depart],
    ],
  },
  {
    name: 'rungkut block C, done but for the answer',
    client: 'CID-3002',
    opened: [190, 'noc.east@crewline.test'],
    request: { ...cut, source: 'DeviceLog' },
    steps: [
      [185, 'supervisor.east@crewline.test', accept],
      [180, 'supervisor.east@crewline.test', depart],
      [150, 'supervisor.east@crewline.test', checkIn('At block C.')],
      [147, 'noc.east@crewline.test', approve],
      [100, 'supervisor.east@crewline.test', work('jointing', 'All cores.')],
      [60, 'supervisor.east@crewline.test', work('linkChecking', '-15 dBm.')],
      [55, 'noc.east@crewline.test', approve],
      [11, 'supervisor.east@crewline.test', finish('Light is back, customer agrees.')],
    ],
  },
  {
    name: 'perak terminal over time',
    client: 'CID-3001',
    opened: [420, 'noc.east@crewline.test'],
    request: { ...cut, source: 'Phone', networkSegment: 'Backbone' },
    steps: [
      [400, 'foc1.east@crewline.test', accept],
      [
        300,
        'supervisor.east@crewline.test',
        assign('supervisor.east@crewline.test', 'I am nearer.'),
      ],
      [290, 'supervisor.east@crewline.test', depart],
      [240, 'supervisor.east@crewline.test', checkIn('At the port.')],
      [235, 'noc.east@crewline.test', approve],
      [150, 'supervisor.east@crewline.test', work('pullingCable', '300 m along the quay.')],
    ],
  },
  {
    name: 'ijen cafe waits for its owner',
    client: 'CID-3101',
    opened: [300, 'noc.east@crewline.test'],
    request: { ...dead, source: 'Whatsapp', indication: 'ONT mati' },
    steps: [
      [280, 'foc1.east@crewline.test', accept],
      [270, 'foc1.east@crewline.test', depart],
      [210, 'foc1.east@crewline.test', pend('Customer', 600, 'The owner comes back tonight.')],
      [205, 'noc.east@crewline.test', approve],
    ],
  },
];

/** All tickets of the demo data. */
export const STORIES: readonly Story[] = [...WEST, ...CENTRAL, ...EAST];
