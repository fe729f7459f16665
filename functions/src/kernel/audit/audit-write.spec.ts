import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { z } from 'zod';
import { collection } from '../store/collection.ts';
import type { Loaded, Write } from '../store/document.ts';
import { reservationWrites } from '../store/unique.ts';
import { auditWrite, type Deed } from './audit-write.ts';
import { type AuditEntry, auditLog } from './collection.ts';
import { SECRETS } from './left-out.ts';

const NOW = new Date('2026-11-02T01:00:00.000Z');

const schema = z.looseObject({ id: z.string(), name: z.string() });
type Thing = z.output<typeof schema>;
const things = collection('things', schema);

const seen = (data: Thing): Loaded<Thing> => ({
  key: things.doc(data.id),
  id: data.id,
  data,
  version: Timestamp.fromMillis(0),
  changeIds: [],
});

const DEED: Deed = {
  id: 'change',
  at: NOW,
  by: { id: 'uid', name: 'Ayu', email: 'ayu@example.com' },
  address: '192.0.2.1',
  desk: 'cgs',
  kind: 'masterData',
  action: 'PUT /v1/things/:id',
  writes: [],
};

/** The entry as it is read back. */
const entryOf = (deed: Partial<Deed>): AuditEntry => {
  const write = auditWrite({ ...DEED, ...deed });
  if (write.op !== 'create') throw new Error('an entry is created');
  return auditLog.doc(DEED.id).parse(write.data);
};

const fieldsOf = (...writes: readonly Write[]) => entryOf({ writes }).documents[0]?.fields;

const BANDUNG = { id: '1', name: 'BANDUNG' };

describe('an entry of the audit log', () => {
  it('says who did what, when and from where, and expires after 400 days', () => {
    const { documents: _, ...entry } = entryOf({ writes: [things.create('1', BANDUNG)] });
    expect(entry).to.deep.equal({
      id: 'change',
      at: NOW,
      by: { id: 'uid', name: 'Ayu', email: 'ayu@example.com' },
      address: '192.0.2.1',
      desk: 'cgs',
      kind: 'masterData',
      action: 'PUT /v1/things/:id',
      subject: 'things/1',
      title: 'BANDUNG',
      isCut: false,
      expiresAt: new Date('2027-12-07T01:00:00.000Z'),
    });
  });

  it('has the id of its change, so that it can be created once only', () => {
    expect(auditWrite(DEED)).to.include({ op: 'create', path: 'audit/change' });
  });

  it('shows of an update the fields that differ, those of maps one by one', () => {
    const before = { ...BANDUNG, at: NOW, access: { cgs: { role: 'FOC', areas: [] }, isp: {} } };
    const access = { cgs: { role: 'NOC', areas: [] }, urban: { active: true } };
    const write = things.update(seen(before), { name: 'CIMAHI', at: new Date(NOW), access });
    expect(fieldsOf(write)).to.deep.equal([
      { field: 'name', from: 'BANDUNG', to: 'CIMAHI' },
      { field: 'access.cgs.role', from: 'FOC', to: 'NOC' },
      { field: 'access.isp', from: {}, to: null },
      { field: 'access.urban.active', from: null, to: true },
    ]);
  });

  it('shows everything of what is new and of what is deleted, dates as texts', () => {
    const data = { ...BANDUNG, due: NOW, note: null };
    const name = { field: 'name', from: null, to: 'BANDUNG' };
    const due = { field: 'due', from: null, to: NOW.toISOString() };
    expect(fieldsOf(things.create('1', data))).to.deep.equal([name, due]);
    expect(fieldsOf(things.remove(seen(data)))).to.deep.equal([
      { field: 'name', from: 'BANDUNG', to: null },
      { field: 'due', from: NOW.toISOString(), to: null },
    ]);
    expect(entryOf({ writes: [things.remove(seen(data))] }).title).to.equal('BANDUNG');
  });

  it('leaves out what is derived, and the bookkeeping of the commit', () => {
    const nobody = { get: () => undefined };
    const derived = { ...BANDUNG, keywords: ['bandung'], updatedAt: NOW, changeIds: ['a'] };
    const { documents } = entryOf({
      writes: [
        ...reservationWrites(nobody, '1', [], [['things', 'name', 'BANDUNG']]),
        things.create('1', derived),
        { op: 'delete', path: 'things/a-part' },
        { op: 'patch', path: 'things/2', by: { count: 1 } },
      ],
    });
    const fields = [{ field: 'name', from: null, to: 'BANDUNG' }];
    expect(documents).to.deep.equal([{ path: 'things/1', op: 'create', fields }]);
  });

  it('never has the value of a secret, at any depth, but names one that was sent', () => {
    const secrets = Object.fromEntries([...SECRETS].map((name) => [name, 'hunter22']));
    const data = { ...BANDUNG, ...secrets, inner: { ...secrets, open: true }, list: [secrets] };
    const entry = entryOf({ writes: [things.create('1', data)], secrets: ['password'] });
    expect(JSON.stringify(entry)).not.to.include('hunter22');
    expect(entry.documents[0]?.fields).to.deep.include({
      field: 'password',
      from: 'not shown',
      to: 'not shown',
    });
  });

  it('cuts long values, and stays under 20 kB however much changes', () => {
    const long = '😀'.repeat(1000);
    const [name] = fieldsOf(things.create('1', { id: '1', name: long })) ?? [];
    expect(name?.to).to.match(/^(😀){250}…$/u);
    const [half] = fieldsOf(things.create('1', { id: '1', name: `a${long}` })) ?? [];
    expect(String(half?.to).isWellFormed(), 'half a character').to.equal(true);
    const list = [{ name: long }];
    expect(fieldsOf(things.create('1', { ...BANDUNG, list }))?.[1]?.to).to.be.a('string');
    const many = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [`field${n}`, long]));
    expect(entryOf({ writes: [things.create('1', { ...BANDUNG, ...many })] }).isCut).to.equal(true);
    const writes = Array.from({ length: 100 }, (_, n) =>
      things.create(`${n}`, { id: `${n}`, name: long, ...many }),
    );
    const entry = entryOf({ writes });
    expect(entry.isCut).to.equal(true);
    expect(Buffer.byteLength(JSON.stringify(entry))).to.be.below(20_000);
  });

  it('of a sign-in names the person and no document', () => {
    const by = { id: null, name: null, email: 'who@example.com' };
    const entry = entryOf({ by, kind: 'signIn', action: 'refused', subject: 'users/uid' });
    expect(entry).to.deep.include({ by, subject: 'users/uid', title: null, documents: [] });
  });
});
