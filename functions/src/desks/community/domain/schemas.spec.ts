import { expect } from 'chai';
import { withKnownNames } from './names.ts';
import { accessSchema } from '../people.ts';
import * as schemas from './schemas.ts';
import { LONGEST, MOST_IMAGES } from './vocabulary.ts';

const { createCommentBody, createTicketBody, updateTicketBody } = schemas;

const BODIES = [
  createTicketBody,
  updateTicketBody,
  createCommentBody,
  schemas.updateCommentBody,
  schemas.companyBody,
  schemas.communityBody,
  schemas.communityPatch,
  schemas.residentBody,
  schemas.residentPatch,
  schemas.categoryBody,
  schemas.statusBody,
  schemas.statusPatch,
];

describe('names of fields', () => {
  it('are read in any letter case, every field of every body', () => {
    for (const name of BODIES.flatMap(({ shape }) => Object.keys(shape))) {
      for (const spelt of [name.toUpperCase(), name.toLowerCase(), name]) {
        expect(withKnownNames({ [spelt]: 1 }), spelt).to.deep.equal({ [name]: 1 });
      }
    }
  });

  it('that are not known, or stand deep inside, stay as they are', () => {
    const body = JSON.parse('{"NoSuch":{"CONTENIDO":[{"StatusId":2}]},"__proto__":{"a":1}}');
    const read = withKnownNames(body);
    expect(JSON.stringify(read)).to.equal(
      '{"NoSuch":{"CONTENIDO":[{"StatusId":2}]},"__proto__":{"a":1}}',
    );
  });
});

describe('an image', () => {
  const takes = (path: string) =>
    createTicketBody.safeParse({ categoriaTicketId: 1, imageUrls: [path] }).success;

  for (const path of [
    'uploads/tickets/1/photo.jpg',
    'photo.jpg',
    'a/b-c_d.e/f..g.png',
    'uploads/fotografía.jpg',
    '.well-known/x.png',
  ]) {
    it(`is ${path}`, () => expect(takes(path)).to.equal(true));
  }

  for (const path of [
    '',
    'https://evil.example/x.jpg',
    '//evil.example/x.jpg',
    '/uploads/x.jpg',
    'uploads/../x.jpg',
    '../x.jpg',
    'uploads/..',
    'uploads/./x.jpg',
    'uploads//x.jpg',
    'uploads/',
    'uploads\\x.jpg',
    '%2e%2e/x.jpg',
    'javascript:alert(1)',
    'data:image/png;base64,AA',
    'C:/x.jpg',
    'x.jpg?size=1',
    'x.jpg#a',
    'a b.jpg',
    'x\u0000.jpg',
    'x\u202e.jpg',
    'x'.repeat(LONGEST.imageUrl + 1),
  ]) {
    it(`is never ${JSON.stringify(path.slice(0, 40))}`, () => expect(takes(path)).to.equal(false));
  }

  it(`comes with at most ${MOST_IMAGES - 1} others`, () => {
    const imageUrls = Array.from({ length: MOST_IMAGES + 1 }, (_, index) => `${index}.jpg`);
    expect(createTicketBody.safeParse({ categoriaTicketId: 1, imageUrls }).success).to.equal(false);
  });
});

describe('the limits', () => {
  it('of contenido and comentarioTexto are 4,000 characters, of origen and idOrigen 50', () => {
    const comment = { origen: 'ticket', idOrigen: '1', comentarioTexto: 'x' };
    const cases = [
      [createTicketBody, { categoriaTicketId: 1 }, 'contenido', 4000],
      [updateTicketBody, {}, 'contenido', 4000],
      [createCommentBody, comment, 'comentarioTexto', 4000],
      [createCommentBody, comment, 'origen', 50],
      [createCommentBody, comment, 'idOrigen', 50],
    ] as const;
    for (const [schema, body, field, most] of cases) {
      const takes = (length: number) =>
        schema.safeParse({ ...body, [field]: 'x'.repeat(length) }).success;
      expect([takes(most), takes(most + 1)], field).to.deep.equal([true, false]);
    }
  });
});

describe('access to the desk', () => {
  const wrong = (access: object) =>
    accessSchema.safeParse({ active: true, ...access }).error?.issues.map(({ path }) => path[0]);

  it('needs the numbers that its role’s reach depends on', () => {
    expect(wrong({ role: 'RESIDENT' })).to.deep.equal(['companyId', 'communityId', 'residentId']);
    expect(wrong({ role: 'ADMIN_COMPANY' })).to.deep.equal(['companyId']);
    expect(wrong({ role: 'SYSTEM_ADMIN' })).to.equal(undefined);
    const numbers = { companyId: 1, communityId: 1, residentId: 1 };
    expect(wrong({ role: 'RESIDENT', ...numbers })).to.equal(undefined);
  });
});
