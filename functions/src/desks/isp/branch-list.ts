import type { z } from 'zod';
import type { Context } from '../../kernel/http/endpoint.ts';
import type { Problem } from '../../kernel/problem.ts';
import { barePageQuery, readBarePage } from '../../kernel/store/page.ts';
import type { Alternative } from '../../kernel/store/query.ts';
import { problemOf } from './desk.ts';
import { placeQuery } from './domain/schemas.ts';
import { refusalOfPlace, type Staff } from './domain/ticket.ts';

/** Query parameters of every list. */
export const branchQuery = { ...placeQuery, ...barePageQuery };

type BranchQuery = z.output<z.ZodObject<typeof branchQuery>>;

/** Records of one branch by a query of theirs, or 403; the header says where the next page begins. */
export const readBranch = async <T>(
  { actor, store, setHeader }: Pick<Context<Staff, unknown>, 'actor' | 'store' | 'setHeader'>,
  query: BranchQuery,
  of: (branch: { readonly ispId: number; readonly branchId: number }) => Alternative<T>,
): Promise<readonly T[] | Problem> => {
  const misplaced = refusalOfPlace(actor, query);
  if (misplaced !== undefined) return problemOf(misplaced);
  const anyOf = [of({ ispId: query.isp_id, branchId: query.branch_id })];
  return readBarePage({ store, setHeader }, { anyOf }, query);
};
