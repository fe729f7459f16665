import { expect } from 'chai';
import { Timestamp } from 'firebase-admin/firestore';
import { Problem } from '../problem.ts';
import { readsOf } from '../store/document.ts';
import { attachable, attachTo, release } from './attach.ts';
import { type Media, media } from './collection.ts';
import { namedIn } from './paths.ts';

const NOW = new Date('2026-11-20T08:00:00.000Z');
const ID = '0f8b2c1e-1111-4222-8333-444455556666';

const upload = (more: Partial<Media> = {}): Media => ({
  id: ID,
  desk: 'cgs',
  ownerId: 'ann',
  type: 'image/jpeg',
  state: 'ready',
  bytes: 9,
  path: 'media/x',
  secret: 's',
  attachedTo: null,
  takenAt: null,
  takenPlace: null,
  copy: null,
  attempts: 1,
  dueAt: NOW,
  isLeaving: false,
  createdAt: NOW,
  ...more,
});
const seen = (more: Partial<Media> = {}) => {
  const version = Timestamp.fromMillis(1);
  return { key: media.doc(ID), id: ID, data: upload(more), version, changeIds: [] };
};

/** What comes of naming an upload, in a ticket that may exist already. */
const naming = (more: Partial<Media>, holder?: string) => {
  const named = namedIn('images', [`/v1/media/${ID}`]);
  const attaching = { by: 'ann', hosts: [], ...(holder !== undefined && { holder }) };
  const found = attachable(named, { reads: readsOf(seen(more)), ...attaching });
  if (!(found instanceof Problem)) return found.map(({ id }) => id);
  expect(JSON.stringify(found.details), 'names the field').to.include('images.0');
  return found.code;
};

describe('an upload that a request names', () => {
  it('is taken while it belongs to nothing, whatever becomes of its copy', () => {
    for (const state of ['processing', 'ready', 'sender-only', 'unreadable'] as const) {
      expect(naming({ state }), state).to.deep.equal([ID]);
    }
  });

  it('is not taken from somebody else, nor before it is there, nor while it is being removed', () => {
    expect(naming({ ownerId: 'bob' })).to.equal('media/unknown');
    expect(naming({ state: 'uploading' })).to.equal('media/unknown');
    expect(naming({ isLeaving: true })).to.equal('media/unknown');
    expect(naming({ isLeaving: true, attachedTo: 'tickets/1' }, 'tickets/1')).to.equal(
      'media/unknown',
    );
  });

  it('belongs to one document, which may name it again, also when others write it', () => {
    const taken = { attachedTo: 'tickets/1', ownerId: 'bob' };
    expect(naming(taken)).to.equal('media/in-use');
    expect(naming(taken, 'tickets/2')).to.equal('media/in-use');
    expect(naming(taken, 'tickets/1')).to.deep.equal([]);
  });

  it('is due no more while it belongs to something, and at once afterwards', () => {
    const [attached] = attachTo('tickets/1', [seen()]);
    expect(attached).to.deep.include({ data: { attachedTo: 'tickets/1', dueAt: null } });
    const [released] = release([seen({ attachedTo: 'tickets/1', dueAt: null })], NOW);
    expect(released).to.deep.include({ data: { attachedTo: null, dueAt: NOW } });
  });
});
