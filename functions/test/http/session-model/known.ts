import type { Sender } from '../../support/client.ts';
import type { Session } from './model.ts';

/** How a request proves whose it is. */
export const WAYS = ['cookie', 'bearer', 'ID token'] as const;
export type Way = (typeof WAYS)[number];

/** A session with all that proves it, also after it has ended. */
export interface Known {
  readonly session: Session;
  readonly cookie: string;
  readonly refreshToken: string;
  idToken: string;
}

export const proof = ({ cookie, idToken }: Known, way: Way): Sender => {
  if (way === 'cookie') return { cookie };
  return { token: way === 'bearer' ? cookie : idToken };
};
