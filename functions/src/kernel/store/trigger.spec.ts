import { expect } from 'chai';
import { startRuntime } from '../start.ts';
import { functionsOf, handleAll, type Trigger } from './trigger.ts';

const runtime = startRuntime({ GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'key' });
const written = { id: 'one', before: undefined, after: {} };

const noting = (handled: string[], name: string, fails = false): Trigger => ({
  name,
  document: 'parcels/{id}',
  handle: async (_, { id }) => {
    handled.push(`${name} ${id}`);
    if (fails) throw new Error(`${name} is broken`);
  },
});

describe('the triggers of a collection', () => {
  it('all run for an event, and it comes again when one of them fails', async () => {
    const handled: string[] = [];
    const its = [noting(handled, 'a', true), noting(handled, 'b'), noting(handled, 'c', true)];
    const failure: unknown = await handleAll(its, runtime, written).catch(
      (error: unknown) => error,
    );
    expect(handled).to.have.members(['a one', 'b one', 'c one']);
    expect(failure).to.be.instanceOf(AggregateError);
    expect(failure).to.have.property('message', 'triggers failed: a, c');
    expect(await handleAll(its.slice(1, 2), runtime, written)).to.equal(undefined);
  });

  it('are one function, but for those that run on something else', () => {
    const [a, b, other] = [noting([], 'a'), noting([], 'b'), noting([], 'c')];
    const runs = { memory: '1GiB', concurrency: 1, timeoutSeconds: 60 } as const;
    const large = { ...noting([], 'large'), runs };
    const letters = { ...other, document: 'letters/{id}' };
    const parts = functionsOf([a, large, letters, b]);
    expect(parts.map(({ name, triggers }) => [name, triggers])).to.deep.equal([
      ['parcels', [a, b]],
      ['letters', [letters]],
      ['large', [large]],
    ]);
    expect(parts.map((part) => part.runs)).to.deep.equal([undefined, undefined, runs]);
  });
});
