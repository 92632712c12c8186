import Fastify from 'fastify';
import { expect, it } from 'vitest';
import { conditionalReads } from '../../../src/http/protocol/conditional.js';

function app() {
  const made = Fastify();
  conditionalReads(made as never);
  made.get('/there', async () => ({ name: 'web' }));
  made.get('/gone', async (_, reply) => reply.code(404).send({ code: 'not-found' }));
  made.post('/there', async () => ({ name: 'web' }));
  return made;
}

it('tags the representation of a read, and answers 304 to whoever has it', async () => {
  const { etag } = (await app().inject('/there')).headers;
  expect(etag).toMatch(/^"[\w-]+"$/);
  const again = await app().inject({ url: '/there', headers: { 'if-none-match': String(etag) } });
  expect([again.statusCode, again.body]).toEqual([304, '']);
});

it('tags no problem, and answers no 304 in its place', async () => {
  const answer = await app().inject({ url: '/gone', headers: { 'if-none-match': '*' } });
  expect([answer.statusCode, answer.headers.etag]).toEqual([404, undefined]);
});

it('tags no answer to a write, and answers no 304 in its place', async () => {
  const answer = await app().inject({ method: 'POST', url: '/there', headers: { 'if-none-match': '*' } });
  expect([answer.statusCode, answer.headers.etag]).toEqual([200, undefined]);
});
