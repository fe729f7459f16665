import type { Endpoint } from '../http/endpoint.ts';
import type { IdentityDesk } from '../identity/served.ts';
import type { DeskNotices } from './desk-notices.ts';
import { listDevices, registerDevice, removeDevice } from './device-endpoints.ts';
import { listInbox, markItemRead } from './inbox-endpoints.ts';
import { markInboxRead } from './mark-inbox-read.ts';
import { preferenceEndpoints } from './preference-endpoints.ts';
import { type NotifyStyle, served } from './served.ts';

/** The endpoints by which people read their notices at a desk, and choose what rings where. */
export const notifyEndpoints = <A, Role extends string>(
  desk: IdentityDesk<A, Role>,
  style: NotifyStyle,
  notices: DeskNotices,
): readonly Endpoint[] => {
  const it = served(desk, style, notices);
  const made = [listInbox, markInboxRead, markItemRead, listDevices, registerDevice, removeDevice];
  return [...made.map((make) => make(it)), ...preferenceEndpoints(it)];
};
