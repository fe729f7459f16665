import { expect } from 'chai';
import { groupQuery } from '../tickets/group-list.ts';
import { accessSchema } from '../people.ts';
import { createTicketBody, updateTicketBody } from './schemas.ts';

const UPLOAD = '/api/urban/media/0b1e2d3c-4a5b-4c6d-8e9f-001122334455';

const good = { category: 'WATER', title: 'Leak', description: 'In the cellar.' };

const faults = (body: object): string[] =>
  createTicketBody.safeParse({ ...good, ...body }).error?.issues.map((i) => i.path.join('.')) ?? [];

describe('the bodies of the city services', () => {
  it('take a title of 1 to 120 and texts of 1 to 4,000 characters, without the space around', () => {
    const bounds = { title: 120, description: 4000, notes: 4000 };
    for (const [field, most] of Object.entries(bounds)) {
      expect(faults({ [field]: 'x'.repeat(most) })).to.deep.equal([]);
      expect(faults({ [field]: 'x'.repeat(most + 1) })).to.deep.equal([field]);
      expect(faults({ [field]: ' \n' })).to.deep.equal([field]);
    }
    expect(createTicketBody.parse({ ...good, title: ' Leak ' }).title).to.equal('Leak');
  });

  it('take at most 10 attachments: https URLs and media of this system', () => {
    const fine = ['https://a.example/x.jpg', 'https://a.example/x.jpg?size=2#top', UPLOAD];
    for (const each of fine) expect(faults({ attachments: [each] }), each).to.deep.equal([]);
    const wrong = [
      '',
      'http://a.example/x.jpg',
      'https://',
      'https://a b',
      'javascript:alert(1)',
      'data:image/png;base64,AA',
      '//a.example/x.jpg',
      '/api/urban/media/',
      '/api/urban/media/5f2b.jpg',
      `${UPLOAD}.jpg`,
      `${UPLOAD}?size=thumb`,
      `${UPLOAD}/link`,
      UPLOAD.slice(1),
      UPLOAD.replace('media', 'users'),
      UPLOAD.replace('media', '../media'),
      `https://a.example/${'x'.repeat(2048)}`,
    ];
    for (const each of wrong) {
      expect(faults({ attachments: ['https://a.example', each] }), each).to.deep.equal([
        'attachments.1',
      ]);
    }
    const many = (count: number) => Array.from({ length: count }, () => UPLOAD);
    expect(faults({ attachments: many(10) })).to.deep.equal([]);
    expect(faults({ attachments: many(11) })).to.deep.equal(['attachments']);
  });

  it('leave out of a change every field that the request omits', () => {
    expect(updateTicketBody.parse({})).to.deep.equal({});
    expect(createTicketBody.parse(good)).to.deep.equal({ ...good, attachments: [], notes: null });
  });
});

describe('the filters of a list', () => {
  const bounds = (query: object) => {
    const { from, to } = groupQuery.parse(query);
    return [from?.toISOString(), to?.toISOString()];
  };

  it('accept moments in any zone, and whole days in UTC', () => {
    const moments = { from: '2024-01-01T07:00:00+07:00', to: '2024-01-02T00:00:00.5Z' };
    expect(bounds(moments)).to.deep.equal(['2024-01-01T00:00:00.000Z', '2024-01-02T00:00:00.500Z']);
    expect(bounds({ from: '2024-01-01', to: '2024-01-01' })).to.deep.equal([
      '2024-01-01T00:00:00.000Z',
      '2024-01-01T23:59:59.999Z',
    ]);
  });

  it('refuse moments that do not exist or that Firestore can’t store', () => {
    for (const from of ['2024-02-30', 'today', '0000-01-01', '9999-12-31T23:59:59-01:00']) {
      expect(groupQuery.safeParse({ from }).success, from).to.equal(false);
    }
  });

  it('accept a cursor only together with its status', () => {
    expect(groupQuery.safeParse({ cursor: 'x' }).success).to.equal(false);
    expect(groupQuery.safeParse({ cursor: 'x', status: 'PENDING' }).success).to.equal(true);
  });
});

describe('access to the city services', () => {
  it('is a list of permissions, empty for a citizen, and whether it is active', () => {
    const isFine = (access: unknown) => accessSchema.safeParse(access).success;
    expect(isFine({ permissions: [], active: true })).to.equal(true);
    expect(isFine({ permissions: ['ticket:read'], active: false })).to.equal(true);
    expect(isFine({ permissions: ['ticket:all'], active: true })).to.equal(false);
    expect(isFine({ permissions: [] })).to.equal(false);
    expect(isFine({ permissions: [], active: true, role: 'Admin' })).to.equal(false);
  });
});
