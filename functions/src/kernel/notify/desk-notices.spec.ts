import { expect } from 'chai';
import { z } from 'zod';
import { collection } from '../store/collection.ts';
import { Unreadable } from '../store/unreadable.ts';
import { noticeRule } from './desk-notices.ts';

const parcels = collection('parcels', z.object({ title: z.string() }));

const text = ({ title }: { readonly title: string }) => ({ title, body: `${title}!` });

const rule = noticeRule({
  name: 'parcelNotices',
  collection: parcels,
  of: (before, after) =>
    before === undefined && after !== undefined
      ? [{ kind: 'sent', to: ['ann'], values: { title: after.title } }]
      : [],
  audienceOf: (uid) => ({ uid }),
  texts: { sent: { id: text, en: text, es: text } },
  sample: { title: 'Shoes' },
  defaultPush: { sent: 'on' },
});

const noticesOf = (before: unknown, after: unknown) => rule.noticesOf({ id: 'p1', before, after });

describe('a rule of notices', () => {
  it('tells by the document before and after a write, in every language', () => {
    const [notice, ...others] = noticesOf(undefined, { title: 'Shoes', changeIds: ['c'] });
    expect(others).to.deep.equal([]);
    expect(notice).to.deep.include({
      kind: 'sent',
      to: [{ uid: 'ann' }],
      subject: { collection: 'parcels', id: 'p1' },
      values: { title: 'Shoes' },
      region: null,
      defaultPush: 'on',
    });
    const said = { title: 'Shoes', body: 'Shoes!' };
    expect(notice?.texts).to.deep.equal({ id: said, en: said, es: said });
    expect(noticesOf({ title: 'Shoes' }, { title: 'Boots' })).to.deep.equal([]);
    expect(noticesOf({ title: 'Shoes' }, undefined)).to.deep.equal([]);
  });

  it('cuts long values and texts', () => {
    const [notice] = noticesOf(undefined, { title: 'x'.repeat(4000) });
    expect(notice?.values['title']).to.match(/^x{199}…$/);
    expect(notice?.texts.en.title).to.match(/^x{119}…$/);
    expect(notice?.texts.en.body).to.match(/^x{399}…$/);
  });

  it('does not read a document that does not fit its schema', () => {
    expect(() => noticesOf(undefined, { title: 1 })).to.throw(Unreadable);
    expect(() => noticesOf({ title: 1 }, { title: 'Shoes' })).to.throw(Unreadable);
  });
});
