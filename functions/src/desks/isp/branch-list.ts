import type { z } from 'zod';
import type { Context } from '../../kernel/http/endpoint.ts';
import type { Problem } from '../../kernel/problem.ts';
import type { Collection } from '../../kernel/store/document.ts';
import { barePageQuery, readBarePage } from '../../kernel/store/page.ts';
import type { QueryShape } from '../../kernel/store/query-shape.ts';
import type { Equal } from '../../kernel/store/store.ts';
import { problemOf } from './desk.ts';
import { placeQuery } from './domain/schemas.ts';
import { refusalOfPlace, type Staff } from './domain/ticket.ts';

/** Query parameters of every list. */
export const branchQuery = { ...placeQuery, ...barePageQuery };

type BranchQuery = z.output<z.ZodObject<typeof branchQuery>>;

/** Records of one branch by a named query, or 403; the header says where the next page begins. */
export const readBranch = async <T>(
  { actor, store, setHeader }: Pick<Context<Staff, unknown>, 'actor' | 'store' | 'setHeader'>,
  query: BranchQuery,
  of: { readonly shape: QueryShape; readonly collection: Collection<T>; readonly equal?: Equal },
): Promise<readonly T[] | Problem> => {
  const misplaced = refusalOfPlace(actor, query);
  if (misplaced !== undefined) return problemOf(misplaced);
  const equal = { ispId: query.isp_id, branchId: query.branch_id, ...of.equal };
  const anyOf = [{ shape: of.shape, equal }];
  return readBarePage({ store, setHeader }, of.collection.doc, { anyOf }, query);
};
