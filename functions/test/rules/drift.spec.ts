import { expect } from 'chai';
import { REGIONS, ROLES, TICKET_STATUSES } from '../../src/desks/cgs/vocabulary.ts';
import { ticketSchema } from '../../src/desks/cgs/schemas.ts';
import { STATUSES } from './documents.ts';
import { readRules } from './environment.ts';
import { REGION_NAMES, ROLE_NAMES } from './people.ts';
import { withoutComments } from './rules-source.ts';

const source = withoutComments(readRules());

/** Top-level blocks `match /collection/…`, with what they hold. */
const blocks = new Map(
  [...source.matchAll(/^ {4}match \/(\w+)\/[^]*?^ {4}\}/gm)].map((match) => [match[1], match[0]]),
);

const literals = (text: string): readonly string[] =>
  [...text.matchAll(/'([^']*)'/g)].map((match) => match[1] ?? '');

const fieldsOf = (collection: string): readonly string[] =>
  [...(blocks.get(collection) ?? '').matchAll(/resource\.data\.(\w+(?:\.\w+)*)/g)].map(
    (match) => match[1] ?? '',
  );

describe('rules: the words of firestore.rules', () => {
  it('every role and status that the rules name is one of the vocabulary', () => {
    const words: readonly string[] = [...ROLES, ...TICKET_STATUSES];
    const named = literals(source).filter((literal) => /^[A-Z]/.test(literal));
    expect(named.filter((literal) => !words.includes(literal))).to.deep.equal([]);
  });

  it('every literal is a role or a status, but for the version of the rules and our claim', () => {
    expect(literals(source).filter((literal) => !/^[A-Z]/.test(literal))).to.deep.equal([
      '2',
      'signedInAt',
    ]);
  });

  it('every role of the vocabulary occurs in the rules', () => {
    expect(ROLES.filter((role) => !literals(source).includes(role))).to.deep.equal([]);
  });

  it('no region is named: a person sees their own, whatever regions there are', () => {
    const regions: readonly string[] = REGIONS;
    expect(literals(source).filter((literal) => regions.includes(literal))).to.deep.equal([]);
  });

  it('every ticket field that the rules read is one of the ticket schema', () => {
    const known = Object.keys(ticketSchema.shape);
    const read = fieldsOf('tickets').map((path) => path.split('.')[0] ?? '');
    expect(read).to.include.members(['region', 'latestStatus', 'foc', 'inProgressByFoc']);
    expect(read.filter((field) => !known.includes(field))).to.deep.equal([]);
  });

  it('a request costs one document read: the only document fetched is users/{uid}', () => {
    expect(source.match(/\b(?:get|getAfter|exists|existsAfter)\(\//g)).to.deep.equal(['get(/']);
    expect(source).to.include('/documents/users/$(request.auth.uid)');
  });

  it('no rule allows a write', () => {
    const methods = [...source.matchAll(/\ballow\s+([^:]+):/g)].flatMap((match) =>
      (match[1] ?? '').split(',').map((method) => method.trim()),
    );
    expect(methods.filter((method) => method !== 'read' && method !== 'get')).to.deep.equal([]);
  });

  it('the expectation tables name every role, region and status', () => {
    expect(ROLE_NAMES).to.have.members([...ROLES]);
    expect(REGION_NAMES).to.have.members([...REGIONS]);
    expect(STATUSES).to.have.members([...TICKET_STATUSES]);
  });
});
