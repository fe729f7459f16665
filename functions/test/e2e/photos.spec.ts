import { expect } from 'chai';
import { deleteApp, initializeApp } from 'firebase-admin/app';
import { getFirestore } from 'firebase-admin/firestore';
import { textAt } from '../support/client.ts';
import { PHOTO, TAKEN } from '../support/sample-files.ts';
import { becoming } from './becoming.ts';
import { ask, demo, must, type SignedIn } from './stack.ts';

describe('photos on the deployed functions', function () {
  // The emulator runs a trigger only after those of the demo data.
  this.timeout(180_000);
  const app = initializeApp({ projectId: 'demo-crewline' }, 'photos');
  const db = getFirestore(app);
  let sender: SignedIn;

  before(async () => {
    sender = await demo('foc1.west');
  });
  after(() => deleteApp(app));

  const upload = (raw: Uint8Array) =>
    must('POST', '/v1/media', { as: sender, raw, headers: { 'Content-Type': 'image/jpeg' } });

  it('get a copy without metadata within seconds', async () => {
    const id = textAt(await upload(PHOTO), 'data', 'result', 'id');
    await becoming(db, `media/${id}`, ({ state }) => state === 'ready');
    for (const size of ['full', 'thumb']) {
      const file = await ask('GET', `/v1/media/${id}?size=${size}`, { as: sender });
      expect(file.status).to.equal(200);
      expect(file.headers.get('Content-Type')).to.equal('image/jpeg');
      expect(file.text).not.to.include('SecretCamera');
    }
    const link = await must('GET', `/v1/media/${id}/link`, { as: sender });
    const shown = await ask('GET', textAt(link, 'data', 'result', 'url'));
    expect(shown.status).to.equal(200);
  });

  it('are told of that have none', async () => {
    const film = await upload(TAKEN['video/mp4']);
    expect(textAt(film, 'data', 'result', 'state')).to.equal('sender-only');
    const id = textAt(await upload(PHOTO.subarray(0, 300)), 'data', 'result', 'id');
    await becoming(db, `media/${id}`, ({ state }) => state === 'unreadable');
  });
});
