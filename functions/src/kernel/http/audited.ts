import { auditWrite } from '../audit/audit-write.ts';
import { changedDocuments } from '../audit/changed-documents.ts';
import type { AuditKind } from '../audit/collection.ts';
import { SECRETS } from '../audit/left-out.ts';
import type { Principal } from '../auth/principal.ts';
import { isRecord, type Write } from '../store/document.ts';
import { fieldOf } from '../store/page.ts';
import type { Cost, Method } from './endpoint.ts';

/** A request whose changes are logged if its endpoint says so. */
export interface AuditedRequest {
  readonly desk: { readonly name: string; readonly base: string };
  readonly endpoint: {
    readonly method: Method;
    readonly path: string;
    readonly audit?: AuditKind;
  };
  readonly address: string;
  /** The parsed input. */
  readonly input: unknown;
}

/** The names of the secrets in the body of a request. */
const secretsIn = (input: unknown): string[] => {
  const body = fieldOf(input, 'body');
  return isRecord(body)
    ? Object.keys(body).filter((name) => SECRETS.has(name) && body[name] !== undefined)
    : [];
};

/** The entry for writes of a request; none where its endpoint has no `audit`, or nothing changes. */
export const auditOf = (
  { desk, endpoint, address, input }: AuditedRequest,
  principal: Principal | undefined,
  { id, at }: { readonly id: string; readonly at: Date },
  writes: readonly Write[],
): readonly Write[] => {
  const { audit: kind, method, path } = endpoint;
  if (kind === undefined || changedDocuments(writes).length === 0) return [];
  const { id: uid = null, name = null, email = null } = principal?.person ?? {};
  const action = `${method.toUpperCase()} ${desk.base}${path}`;
  const by = { id: uid, name, email };
  const secrets = secretsIn(input);
  return [auditWrite({ id, at, by, address, desk: desk.name, kind, action, writes, secrets })];
};

/** What a request costs with its entry in the audit log. */
export const costWith = (audit: AuditKind | undefined, cost: Cost): Cost =>
  audit === undefined ? cost : { ...cost, writes: cost.writes + 1 };
