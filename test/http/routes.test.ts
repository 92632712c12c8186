import { readFileSync } from 'node:fs';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type TestBerth, testBerth } from './berth.js';
import type { OpenApi } from './document.js';

let berth: TestBerth;
let document: OpenApi;
beforeAll(async () => {
  berth = await testBerth();
  document = berth.berth.app.swagger() as unknown as OpenApi;
});
afterAll(() => berth.stop());

/** What is served without being an operation: the document itself, and the page that shows it. */
const isOfDocs = (path: string): boolean => path === '/' || path === '/openapi.json' || path.startsWith('/docs');

/** `GET /v1/containers/{name}` of every route, from the tree that the router prints. */
function routesOf(tree: string): readonly string[] {
  const above: string[] = [];
  return tree.split('\n').flatMap((line) => {
    const found = /^([ │]*)[├└]── (\S+)(?: \(([A-Z, ]+)\))?$/.exec(line);
    if (found === null) return [];
    const [, indent = '', part = '', methods = ''] = found;
    const depth = indent.length / 4;
    above.splice(depth, above.length, part);
    const path = above
      .join('')
      .replaceAll('//', '/')
      .replace(/:(\w+)/g, '{$1}');
    return methods
      .split(', ')
      .filter(Boolean)
      .map((method) => `${method} ${path}`);
  });
}

describe('the OpenAPI document', () => {
  it('is the committed one', () => {
    expect(JSON.parse(readFileSync('openapi/openapi.json', 'utf8'))).toEqual(JSON.parse(JSON.stringify(document)));
  });

  it('has every route of the app, and no other', () => {
    const routes = routesOf(berth.berth.app.printRoutes({ commonPrefix: false }));
    const served = routes.filter((route) => {
      const [method = '', path = ''] = route.split(' ');
      return method !== 'HEAD' && !isOfDocs(path);
    });
    const documented = Object.entries(document.paths).flatMap(([path, methods]) =>
      Object.keys(methods).map((method) => `${method.toUpperCase()} ${path}`),
    );
    expect(documented.length).toBeGreaterThan(20);
    expect(served.toSorted()).toEqual(documented.toSorted());
  });

  it('gives every JSON body of a request an example that runs as it stands', async () => {
    const content = document.paths['/v1/containers']?.['post']?.requestBody?.content['application/json'];
    const examples = Object.values(content?.examples ?? {});
    expect(examples.length).toBeGreaterThan(1);
    for (const { value } of examples) {
      const answer = await berth.send('POST', '/v1/containers', { body: value });
      expect(answer.status, answer.text).toBe(201);
    }
    const patches = document.paths['/v1/containers/{name}']?.['patch']?.requestBody?.content ?? {};
    for (const [type, { examples: all = {} }] of Object.entries(patches)) {
      for (const { value } of Object.values(all)) {
        const headers = { 'content-type': type };
        expect((await berth.send('PATCH', '/v1/containers/web', { body: value, headers })).status).toBe(200);
      }
    }
  });
});
