import { LISTING } from '../../functions/src/desks/cgs/users/people.ts';
import { grants, keywordsOfPerson, membershipsOf } from '../../functions/src/kernel/auth/grant.ts';
import { auditLog } from '../../functions/src/kernel/audit/collection.ts';
import { people } from '../../functions/src/kernel/auth/person.ts';
import { archive, archivedKey } from '../../functions/src/kernel/resource/archive.ts';
import { copyRuns } from '../../functions/src/kernel/store/copy-runs.ts';
import { anyDocument } from '../../functions/src/kernel/store/document.ts';
import { fieldOf } from '../../functions/src/kernel/store/page.ts';
import { deliveries, webhooks } from '../../functions/src/kernel/webhooks/collection.ts';
import { inboxChecks } from './inboxes.ts';
import {
  checkOf,
  type DeskChecks,
  expectFields,
  expectSame,
  expectThat,
  recordCheck,
} from './check.ts';
import { mediaChecks, shownFaults, shownKeys } from './media.ts';

/** `grants/{uid}`: searches and filters find the person, and they are shown as they are. */
const grantCheck = checkOf(grants, {
  refers: ({ id, profilePhoto }) => [people.doc(id), ...shownKeys(profilePhoto)],
  faults: (grant, doc, found) => {
    const shown = found(people.doc(grant.id));
    return [
      ...expectSame('id', grant.id, doc.id),
      ...shownFaults('profilePhoto', grant.profilePhoto, doc.path, found),
      ...expectSame('keywords', fieldOf(doc.data, 'keywords'), keywordsOfPerson(grant)),
      ...expectSame('memberships', fieldOf(doc.data, 'memberships'), membershipsOf(grant.access)),
      ...(shown === undefined
        ? expectThat(false, 'id', `is not shown in users/${grant.id}`)
        : expectFields(grant, { ...shown, access: grant.access })),
    ];
  },
});

/** `users/{uid}`: shown of somebody who is there, with the access that lists need. */
const shownCheck = checkOf(people, {
  refers: ({ id }) => [grants.doc(id)],
  faults: ({ access }, { id }, found) => {
    const grant = found(grants.doc(id));
    if (grant === undefined) return expectThat(false, 'id', `has no grants/${id}`);
    const listed = Object.entries(grant.access).filter(([desk]) => LISTED.includes(desk));
    return expectSame('access', access, Object.fromEntries(listed));
  },
});

const LISTED: readonly string[] = LISTING;

/** Where an archived record was. */
const originOf = (collection: string, { id }: { readonly id: string | number }) =>
  anyDocument(`${collection}/${id}`);

/** `archive/{collection}-{id}`: a deleted record, which is nowhere else. */
const archiveCheck = checkOf(archive, {
  refers: ({ collection, record }) => [originOf(collection, record)],
  faults: ({ collection, record, archivedAt, dueAt }, doc, found) => {
    const origin = originOf(collection, record);
    return [
      ...expectSame('record.id', archivedKey(origin).id, doc.id),
      ...expectThat(dueAt > archivedAt, 'dueAt', 'is not after archivedAt'),
      ...expectThat(found(origin) === undefined, 'record', `is at ${origin.path} as well`),
    ];
  },
});

/** `webhooks/{id}`: one that works was not switched off. */
const webhookCheck = checkOf(webhooks, {
  faults: ({ id, active, disabledReason }, doc) => [
    ...expectSame('id', id, doc.id),
    ...expectThat(
      !active || disabledReason === null,
      'disabledReason',
      'is there, but it is active',
    ),
  ],
});

/** `webhookDeliveries/{id}`: its webhook may be deleted since; its status follows from its attempts. */
const deliveryCheck = checkOf(deliveries, {
  faults: ({ id, status, attempts, run }, doc) => {
    const isAccepted = attempts.some(
      ({ status: code }) => code !== null && code >= 200 && code < 300,
    );
    return [
      ...expectSame('id', id, doc.id),
      ...expectThat(status !== 'delivered' || isAccepted, 'status', 'no attempt was accepted'),
      ...expectThat(status !== 'failed' || attempts.length > 0, 'status', 'nothing was attempted'),
      ...expectThat(
        run > 1 || status !== 'waiting' || !isAccepted,
        'status',
        'was accepted already',
      ),
    ];
  },
});

/** What must hold of documents that all desks share. */
export const kernelChecks: DeskChecks = {
  collections: [
    recordCheck(people),
    grantCheck,
    shownCheck,
    archiveCheck,
    checkOf(copyRuns),
    checkOf(auditLog),
    webhookCheck,
    deliveryCheck,
    ...inboxChecks,
    ...mediaChecks,
  ],
};
