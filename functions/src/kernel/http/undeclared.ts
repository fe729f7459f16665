import { isKernelRefusal, type Problem } from '../problem.ts';
import type { Runtime } from '../runtime.ts';
import type { Desk } from './desk.ts';
import type { Endpoint } from './endpoint.ts';

/** The log's message for a refusal that its endpoint does not declare. */
const UNDECLARED = 'an endpoint refused with a code that it does not declare';

/** Logs a refusal that is missing in the endpoint's declaration, and so in OpenAPI. */
export const reportUndeclared = (
  { log }: Pick<Runtime, 'log'>,
  { base }: Pick<Desk, 'base'>,
  { method, path, refusals }: Endpoint,
  { code }: Problem,
): void => {
  if (isKernelRefusal(code) || refusals.some((each) => each.code === code)) return;
  log.write('ERROR', UNDECLARED, { route: `${method} ${base}${path}`, code });
};
