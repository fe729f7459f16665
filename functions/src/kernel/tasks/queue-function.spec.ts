import { expect } from 'chai';
import { startRuntime } from '../start.ts';
import { queueFunction } from './queue-function.ts';
import { QUEUES } from './queues.ts';

const runtime = () => startRuntime({ GCLOUD_PROJECT: 'demo-crewline', WEB_API_KEY: 'key' });

describe('the function of a queue', () => {
  for (const queue of QUEUES) {
    it(`${queue.name} still gets the attempt at which a task is given up`, () => {
      const { taskQueueTrigger } = queueFunction(queue, runtime).__endpoint;
      const { retryConfig } = taskQueueTrigger ?? {};
      const { maxRetrySeconds, maxBackoffSeconds } = queue.retry;
      expect(retryConfig).to.include({
        ...queue.retry,
        maxRetrySeconds: retryConfig?.maxRetrySeconds,
      });
      // The attempt before it may come a moment before the time is up.
      expect(retryConfig?.maxRetrySeconds).to.be.greaterThan(maxRetrySeconds + maxBackoffSeconds);
    });
  }
});
