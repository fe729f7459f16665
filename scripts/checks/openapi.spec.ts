import { expect } from 'chai';
import { z } from 'zod';
import { desks } from '../../functions/src/api.ts';
import { openApiOf } from '../../functions/src/kernel/http/openapi.ts';

const described = z.object({ name: z.string(), description: z.string().default('') });
const operationSchema = z.object({
  operationId: z.string(),
  summary: z.string().min(1),
  parameters: z.array(described).default([]),
});
const documentSchema = z.object({
  paths: z.record(z.string(), z.record(z.string(), operationSchema)),
});

for (const desk of desks) {
  describe(`the OpenAPI document of the desk ${desk.name}`, () => {
    const { paths } = documentSchema.parse(openApiOf(desk, '0.0.0'));
    const operations = Object.values(paths).flatMap((path) => Object.values(path));

    it('names each operation as a method of a client can be named', () => {
      const ids = operations.map(({ operationId }) => operationId);
      expect(new Set(ids).size).to.equal(ids.length);
      for (const id of ids) expect(id).to.match(/^[a-z][A-Za-z]{0,63}$/);
    });

    it('describes each parameter', () => {
      for (const { operationId, parameters } of operations) {
        for (const { name, description } of parameters) {
          expect(description, `${name} of ${operationId}`).not.to.equal('');
        }
      }
    });
  });
}
