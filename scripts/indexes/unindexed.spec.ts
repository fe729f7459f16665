import { expect } from 'chai';
import { z } from 'zod';
import * as community from '../../functions/src/desks/community/domain/schemas.ts';
import * as isp from '../../functions/src/desks/isp/domain/schemas.ts';
import * as urban from '../../functions/src/desks/urban/domain/schemas.ts';
import { COLLECTIONS, LISTENERS } from './declared.ts';

const SCHEMAS: Readonly<Record<string, z.ZodObject>> = {
  companies: community.companySchema,
  communities: community.communitySchema,
  residents: community.residentSchema,
  categoriaTickets: community.categorySchema,
  statusTickets: community.statusSchema,
  communityTickets: community.ticketSchema,
  comentarios: community.commentSchema,
  ispTickets: isp.ticketSchema,
  ispThreads: isp.threadSchema,
  ispReplies: isp.replySchema,
  ispSubscribers: isp.subscriberSchema,
  urbanTickets: urban.ticketSchema,
};

const isTextOrNested = (schema: unknown): boolean => {
  if (schema instanceof z.ZodNullable || schema instanceof z.ZodDefault) {
    return isTextOrNested(schema.unwrap());
  }
  return [z.ZodString, z.ZodArray, z.ZodObject].some((kind) => schema instanceof kind);
};

/** The fields of a collection that a query or a listener compares, or sorts by. */
const usedIn = (name: string): Set<string> => {
  const own = COLLECTIONS.flatMap(({ queries }) => Object.values(queries)).map(
    ({ shape }) => shape,
  );
  const shapes = [...own, ...LISTENERS].filter(({ collection }) => collection === name);
  return new Set(
    shapes.flatMap(({ equal = [], optional = [], arrayContains, range, orderBy }) => [
      ...equal,
      ...optional,
      ...(arrayContains === undefined ? [] : [arrayContains]),
      ...(range === undefined ? [] : [range]),
      ...orderBy.map(({ field }) => field),
    ]),
  );
};

describe('the index exemptions of the desks community, isp and urban', () => {
  for (const [name, { shape }] of Object.entries(SCHEMAS)) {
    it(`cover each text, list and nested field of ${name} that no query uses`, () => {
      const used = usedIn(name);
      const needless = Object.keys(shape).filter(
        (field) => isTextOrNested(shape[field]) && !used.has(field),
      );
      const { unindexed = [] } = COLLECTIONS.find((each) => each.name === name) ?? {};
      expect(unindexed).to.have.members([...needless, 'changeIds', 'changedBy']);
    });
  }
});

const LONG = { grants: 'signIns', attempts: 'tried', idempotency: 'answer' } as const;

describe('the index exemptions', () => {
  it('cover the marks of changes in every collection', () => {
    for (const { name, unindexed } of COLLECTIONS) {
      expect(unindexed, name).to.include.members(['changeIds', 'changedBy']);
    }
  });

  for (const [name, field] of Object.entries(LONG)) {
    it(`cover ${field} of ${name}, which no query uses`, () => {
      const found = COLLECTIONS.find((each) => each.name === name);
      expect(found?.unindexed).to.include(field);
    });
  }
});
