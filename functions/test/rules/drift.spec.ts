import { expect } from 'chai';
import type { DeskName } from '../../src/api.ts';
import { figures } from '../../src/desks/cgs/figures/collections.ts';
import { accessSchema as cgsAccess } from '../../src/desks/cgs/users/people.ts';
import { incidentSchema } from '../../src/desks/cgs/domain/incidents/schemas.ts';
import { clientSchema, ticketSchema as cgsTicket } from '../../src/desks/cgs/domain/schemas.ts';
import {
  ROLES as CGS_ROLES,
  REGIONS,
  TICKET_STATUSES,
} from '../../src/desks/cgs/domain/vocabulary.ts';
import { accessSchema as communityAccess } from '../../src/desks/community/people.ts';
import {
  commentSchema,
  communitySchema,
  companySchema,
  residentSchema,
  ticketSchema as communityTicket,
} from '../../src/desks/community/domain/schemas.ts';
import {
  ROLES as COMMUNITY_ROLES,
  TICKET_ORIGIN,
} from '../../src/desks/community/domain/vocabulary.ts';
import { accessSchema as ispAccess } from '../../src/desks/isp/people.ts';
import {
  replySchema,
  subscriberSchema,
  ticketSchema as ispTicket,
} from '../../src/desks/isp/domain/schemas.ts';
import { accessSchema as urbanAccess } from '../../src/desks/urban/people.ts';
import { ticketSchema as urbanTicket } from '../../src/desks/urban/domain/schemas.ts';
import { PERMISSIONS } from '../../src/desks/urban/domain/vocabulary.ts';
import type { Item } from '../../src/kernel/notify/inbox.ts';
import { STATUSES } from '../desks/cgs/rules/documents.ts';
import { REGION_NAMES, ROLE_NAMES } from '../desks/cgs/rules/people.ts';
import { STAFF as COMMUNITY_STAFF } from '../desks/community/rules/people.ts';
import { DESKS } from './desks.ts';
import { rootOf } from './document.ts';
import { readRules } from './environment.ts';
import { blocksOf, sectionsOf, withoutComments } from './rules-source.ts';

const rules = readRules();
const source = withoutComments(rules);
const sections = new Map(
  sectionsOf(rules).map(({ name, text }) => [name, withoutComments(text)] as const),
);

const capturesOf = (text: string, pattern: RegExp): readonly string[] =>
  [...text.matchAll(pattern)].map((match) => match[1] ?? '');

const literals = (text: string): readonly string[] => capturesOf(text, /'([^']*)'/g);

const fieldsOf = ({ shape }: { readonly shape: object }): readonly string[] => Object.keys(shape);

/** The words that each section may use, those that it must use, and the fields it may read. */
type Words = {
  readonly words: readonly string[];
  readonly needed: readonly string[];
  /** Fields of `users/{uid}.access.<desk>`, and of the documents by collection. */
  readonly access: readonly string[];
  readonly documents: Readonly<Record<string, readonly string[]>>;
};

const DESK_WORDS: Readonly<Record<DeskName, Words>> = {
  cgs: {
    words: [...CGS_ROLES, ...TICKET_STATUSES],
    needed: CGS_ROLES,
    access: fieldsOf(cgsAccess),
    documents: {
      tickets: fieldsOf(cgsTicket),
      clients: fieldsOf(clientSchema),
      users: ['access'],
      stats: ['region'],
      incidents: fieldsOf(incidentSchema),
    },
  },
  community: {
    words: [...COMMUNITY_ROLES, TICKET_ORIGIN],
    needed: [...COMMUNITY_ROLES, TICKET_ORIGIN],
    access: fieldsOf(communityAccess),
    documents: {
      communityTickets: fieldsOf(communityTicket),
      comentarios: fieldsOf(commentSchema),
      companies: fieldsOf(companySchema),
      communities: fieldsOf(communitySchema),
      residents: fieldsOf(residentSchema),
    },
  },
  isp: {
    words: [],
    needed: [],
    access: fieldsOf(ispAccess),
    documents: {
      ispTickets: fieldsOf(ispTicket),
      ispReplies: fieldsOf(replySchema),
      ispSubscribers: fieldsOf(subscriberSchema),
    },
  },
  urban: {
    words: PERMISSIONS,
    needed: ['ticket:read'],
    access: fieldsOf(urbanAccess),
    documents: { urbanTickets: fieldsOf(urbanTicket) },
  },
};

/** Every desk's section reads the same of notices: which desk they are of. */
const INBOX_FIELDS = ['desk'] as const satisfies readonly (keyof Item)[];

for (const [desk, { words, needed, access, documents }] of Object.entries(DESK_WORDS)) {
  const section = sections.get(desk) ?? '';

  describe(`rules of ${desk}: the words of firestore.rules`, () => {
    it('every literal is in the vocabulary', () => {
      expect(
        literals(section).filter((literal) => ![...words, desk].includes(literal)),
      ).to.deep.equal([]);
    });

    it('every word of the vocabulary that grants something occurs', () => {
      expect(needed.filter((word) => !literals(section).includes(word))).to.deep.equal([]);
    });

    it('every field that the rules read is one of its document', () => {
      for (const { collection, text } of blocksOf(section)) {
        const read = capturesOf(text, /resource\.data\.(\w+)/g);
        const known = collection === 'inbox' ? INBOX_FIELDS : (documents[collection] ?? []);
        expect(known, collection).to.include.members([...read]);
      }
      // A helper that gets the whole document.
      const read = capturesOf(section, /\brecord\.(\w+)/g);
      for (const fields of read.length === 0 ? [] : Object.values(documents)) {
        expect(fields).to.include.members([...read]);
      }
    });

    it('it reads its own access and no other, and only what access has', () => {
      const desks = capturesOf(section, /\.access\.(\w+)/g);
      expect(new Set(desks)).to.deep.equal(new Set([desk]));
      const fields = capturesOf(section, /\.access\.\w+\.(\w+)/g);
      expect(access).to.include.members([...fields]);
    });

    it('calls no helper of another desk', () => {
      const helpers = capturesOf(source, /function (\w+)\(/g);
      const own = capturesOf(section, /function (\w+)\(/g);
      const shared = capturesOf(sections.get('everyone') ?? '', /function (\w+)\(/g);
      const called = capturesOf(section, /\b(\w+)\(/g).filter((name) => helpers.includes(name));
      expect([...own, ...shared]).to.include.members([...called]);
    });

    it('names every collection that the tests read, and no other', () => {
      const readable = DESKS.find(({ name }) => name === desk)?.readable.map(rootOf) ?? [];
      const named = new Set(blocksOf(section).map(({ collection }) => collection));
      expect([...named]).to.have.members([...new Set(readable)]);
    });
  });
}

describe('rules: the words of firestore.rules', () => {
  it('every section belongs to a desk of the tests', () => {
    expect([...sections.keys()]).to.deep.equal(['everyone', ...DESKS.map(({ name }) => name)]);
    expect(Object.keys(DESK_WORDS)).to.have.members(DESKS.map(({ name }) => name));
  });

  it('the shared section names only the version of the rules', () => {
    expect(literals(sections.get('everyone') ?? '')).to.deep.equal(['2']);
  });

  it('no region is named: a person sees their own, whatever regions there are', () => {
    const regions: readonly string[] = REGIONS;
    expect(literals(source).filter((literal) => regions.includes(literal))).to.deep.equal([]);
  });

  it('figures have the region that the rules read', () => {
    const document = { month: '2026-11', region: 'West', counters: {} };
    expect(figures.name).to.equal('stats');
    expect(figures.doc('2026-11-West').parse(document)).to.deep.equal(document);
    expect(() => figures.doc('2026-11-West').parse({ ...document, region: null })).to.throw();
  });

  it('a request costs one document read: the only document fetched is grants/{uid}', () => {
    expect(source.match(/\b(?:get|getAfter|exists|existsAfter)\(\//g)).to.deep.equal(['get(/']);
    expect(source).to.include('/documents/grants/$(request.auth.uid)');
  });

  it('no rule allows a write', () => {
    const methods = capturesOf(source, /\ballow\s+([^:]+):/g).flatMap((some) =>
      some.split(',').map((method) => method.trim()),
    );
    expect(methods.filter((method) => method !== 'read' && method !== 'get')).to.deep.equal([]);
  });

  it('the expectation tables name every role, region and status', () => {
    expect(ROLE_NAMES).to.have.members([...CGS_ROLES]);
    expect(REGION_NAMES).to.have.members([...REGIONS]);
    expect(STATUSES).to.have.members([...TICKET_STATUSES]);
    expect(new Set(COMMUNITY_STAFF.map(({ role }) => role))).to.deep.equal(
      new Set(COMMUNITY_ROLES),
    );
  });
});
