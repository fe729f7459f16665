import type {
  Category,
  Permission,
  Status,
} from '../../functions/src/desks/urban/domain/vocabulary.ts';
import { type DemoPerson, emailOf, idOf, uidOf } from './people.ts';
import { uploadPhoto } from './photo.ts';
import type { Act, DeskSeed, Step, Story } from './play.ts';

const person = (
  email: string,
  name: string,
  nik: string,
  role: string,
  ...permissions: readonly Permission[]
): DemoPerson => ({
  email: emailOf(email),
  name,
  nik,
  phoneNumber: `08130000${nik}`,
  shown: { role: `city services: ${role}` },
  access: { urban: { technician: role === 'technician', permissions, active: true } },
});

const PEOPLE = [
  person('citizen', 'Ratna Wulandari', '4001', 'citizen'),
  person('citizen2', 'Hendra Kusuma', '4002', 'citizen'),
  person('technician', 'Joko Susilo', '4003', 'technician'),
  person('urban.reader', 'Dewi Lestari', '4004', 'ticket:read', 'ticket:read'),
  person(
    'urban.admin',
    'Bambang Hartono',
    '4005',
    'all permissions',
    'ticket:read',
    'ticket:write',
    'ticket:delete',
    'user:read',
    'user:write',
  ),
];

const open =
  (category: Category, title: string, description: string, notes: string | null = null): Act =>
  ({ send }) =>
    send('POST /api/urban/tickets', { category, title, description, notes });

const assign: Act = ({ send }, id) =>
  send(`PATCH /api/urban/tickets/${id}/assign`, { technicianId: uidOf('technician') });

const set =
  (status: Status, notes: string): Act =>
  ({ send }, id) =>
    send(`PATCH /api/urban/tickets/${id}/status`, { status, notes });

const attachPhoto: Act = async (scene, id) => {
  const attachments = [await uploadPhoto(scene, '/api/urban')];
  return scene.send(`PUT /api/urban/tickets/${id}`, { attachments });
};

/** A ticket's story. The ticket's id follows from its title: never change it. */
const story = (
  [ago, by]: readonly [number, string],
  [category, title, ...words]: Parameters<typeof open>,
  ...steps: readonly Step[]
): Story => {
  const id = idOf(`urban ticket ${title}`);
  const opened: Step = [ago, by, open(category, title, ...words)];
  return { unless: [`urbanTickets/${id}`], ids: [id], steps: [opened, ...steps] };
};

export const urbanSeed: DeskSeed = {
  people: PEOPLE,
  stories: [
    story(
      [7200, 'citizen'],
      [
        'ELECTRICITY',
        'Street light out at the corner',
        'The lamp at Jl. Cendana and Jl. Melati has been dark for three nights.',
      ],
      [7090, 'urban.admin', attachPhoto],
      [7080, 'urban.admin', assign],
      [5580, 'technician', set('COMPLETED', 'Replaced the lamp and the timer.')],
    ),
    story(
      [5800, 'citizen2'],
      [
        'WATER',
        'No water on the fourth floor',
        'Since this morning nothing comes from the taps of 4A to 4F.',
        'Two families with babies.',
      ],
      [5770, 'urban.admin', assign],
      [5530, 'urban.admin', set('CANCELLED', 'The water company is at it; their pump had failed.')],
    ),
    story(
      [4400, 'citizen'],
      ['WASTE', 'Bins not emptied', 'The bins behind block C are full since Monday.'],
      [4100, 'citizen', set('CANCELLED', 'They came in the afternoon.')],
    ),
    story(
      [1700, 'citizen2'],
      ['MAINTENANCE', 'Elevator Issue - Floor 3', 'Broken elevator', 'Urgent issue'],
      [1640, 'urban.admin', assign],
    ),
    story(
      [600, 'citizen'],
      [
        'INTERNET',
        'No Wi-Fi in the library',
        'The network of the reading room is gone; the one of the hall works.',
      ],
      [510, 'urban.admin', assign],
    ),
    story(
      [200, 'citizen'],
      ['SECURITY', 'Gate does not close', 'The gate to the car park stays open after dark.'],
    ),
    story(
      [45, 'citizen2'],
      [
        'GAS',
        'Smell of gas in the stairwell',
        'Between the first and second floor of block B; the main valve is shut.',
        'Urgent issue',
      ],
    ),
  ],
};
