import { expect } from 'chai';
import { Readable } from 'node:stream';
import { Timestamp } from 'firebase-admin/firestore';
import { Problem } from '../problem.ts';
import { BodyStream } from './body-stream.ts';
import {
  type IdempotentRequest,
  idempotentRequestOf,
  type StoredResponse,
  storedResponseOf,
  storeResponse,
} from './idempotency.ts';

const NOW = new Date('2026-11-02T01:00:00.000Z');
const DAY = 24 * 60 * 60_000;

const made = (
  key: string,
  caller = 'uid',
  route = '/v1/tickets',
  input: unknown = {},
): IdempotentRequest => {
  const request = idempotentRequestOf(key, caller, route, input);
  if (request instanceof Problem) throw request;
  return request;
};

const seen = ({ key }: IdempotentRequest, data: StoredResponse) => ({
  key,
  id: key.id,
  data,
  version: Timestamp.fromMillis(0),
  changeIds: [],
});

const stored = ({ bodyHash }: IdempotentRequest): StoredResponse => ({
  bodyHash: bodyHash() ?? '',
  status: 201,
  answer: '{"statusCode":201,"data":{}}',
  contentType: 'application/json',
  expiresAt: new Date(NOW.getTime() + DAY),
});

const storeWrite = (body: unknown) => {
  const write = storeResponse(made('key'), undefined, { status: 201, body }, NOW);
  return 'data' in write ? write : { data: undefined };
};

describe('an Idempotency-Key', () => {
  it('has 1 to 255 printable characters', () => {
    for (const key of ['k', 'a b', '~!', 'k'.repeat(255)]) {
      expect(idempotentRequestOf(key, 'uid', '/', {}), key).not.to.be.instanceOf(Problem);
    }
    for (const key of ['', ' k', 'k ', 'k'.repeat(256), 'a\tb', 'ü', '\n']) {
      expect(idempotentRequestOf(key, 'uid', '/', {}), key).to.include({ status: 400 });
    }
  });

  it('is kept apart for each caller, route and key, under a name that tells none of them', () => {
    const paths = [
      made('key'),
      made('key2'),
      made('key', 'uid2'),
      made('key', 'uid', '/v1/users'),
      // Joined without care, these two would be one.
      made('b', 'a', '/c'),
      made('c/b', 'a', '/'),
    ].map(({ key }) => key.path);
    expect(new Set(paths).size).to.equal(paths.length);
    for (const path of paths) expect(path).to.match(/^idempotency\/[\da-f]{64}$/);
  });

  it('is one request’s with one input, and another’s with another', () => {
    const one = made('key', 'uid', '/', { a: 1 });
    expect(made('key', 'uid', '/', { a: 1 }).bodyHash()).to.equal(one.bodyHash());
    expect(made('key', 'uid', '/', { a: 2 }).bodyHash()).not.to.equal(one.bodyHash());
    expect(made('other key', 'uid', '/', { a: 1 }).bodyHash()).not.to.equal(one.bodyHash());
    expect(made('key', 'uid', '/', { a: 2 }).key.path).to.equal(one.key.path);
  });

  it('is that of the content of a stream, once all of it has been read', async () => {
    const ofStream = (...chunks: readonly string[]) => {
      const body = new BodyStream(Readable.from(chunks.map((each) => Buffer.from(each))), 100);
      return { body, request: made('key', 'uid', '/', { body }) };
    };
    const one = ofStream('ab', 'c');
    const unread = one.request.bodyHash();
    const same = ofStream('a', 'bc');
    const other = ofStream('abd');
    for (const { body } of [one, same, other]) await body.drain();
    expect(unread).to.equal(undefined);
    expect(one.request.bodyHash()).to.equal(same.request.bodyHash());
    expect(one.request.bodyHash()).not.to.equal(other.request.bodyHash());
    const record = seen(one.request, stored(one.request));
    expect(storedResponseOf(ofStream('').request, record, NOW)).to.equal(record.data);
    expect(storedResponseOf(other.request, record, NOW)).to.include({ status: 422 });
  });

  it('brings back the response within its day, and 422 for another body', () => {
    const one = made('key', 'uid', '/', { a: 1 });
    const record = seen(one, stored(one));
    expect(storedResponseOf(one, undefined, NOW)).to.equal(undefined);
    expect(storedResponseOf(one, record, NOW)).to.equal(record.data);
    expect(storedResponseOf(made('key', 'uid', '/', {}), record, NOW)).to.include({ status: 422 });
    expect(storedResponseOf(one, record, new Date(NOW.getTime() + DAY))).to.equal(undefined);
  });

  it('is written so that only the first of many wins', () => {
    const one = made('key');
    const answer = { status: 201, body: { statusCode: 201, data: {} } };
    const first = storeResponse(one, undefined, answer, NOW);
    expect(first).to.deep.include({ op: 'create', data: stored(one) });
    const record = seen(one, stored(one));
    expect(storeResponse(one, record, answer, NOW)).to.include({
      op: 'update',
      version: record.version,
    });
  });

  it('keeps no secret of a response, wherever it is, but what is said of one', () => {
    const hook = { id: '1', secret: 'whsec_1' };
    const errors = { password: ['Too short.'] };
    const body = { data: { result: hook, more: [hook] }, token: 'a token', errors };
    const bare = { id: '1', secret: null };
    const { data } = storeWrite(body);
    expect(JSON.parse(String(data?.['answer']))).to.deep.equal({
      data: { result: bare, more: [bare] },
      token: null,
      errors,
    });
  });
});
