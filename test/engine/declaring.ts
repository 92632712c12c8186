/** What a client of the API does in these tests. */

import { randomBytes } from 'node:crypto';
import { expect } from 'vitest';
import type { ContainerView } from '../../src/service/containers/views.js';
import { docker, eventually, type TestBerth } from './support.js';

/** A name that no other test has. */
export const unique = (base: string): string => `${base}-${randomBytes(3).toString('hex')}`;

export const condition = (view: ContainerView, type: string) => view.status.conditions.find((one) => one.type === type);

/** The names of every container on the engine that begin so. */
export const namesLike = async (prefix: string): Promise<readonly string[]> =>
  (await docker.listContainers({ all: true }))
    .map((one) => one.Names.find((name) => !name.slice(1).includes('/'))?.slice(1) ?? '')
    .filter((name) => name.startsWith(prefix))
    .sort();

/** @param berth the server to talk to, asked for at each call: a test may restart it */
export function declaring(berth: () => TestBerth) {
  const get = async (name: string): Promise<ContainerView> => (await berth().http.get(`/v1/containers/${name}`)).body;
  return {
    get,
    /** Creates, and waits until it is ready. */
    async declare(body: object, wait = 60): Promise<ContainerView> {
      const answer = await berth().http.post(`/v1/containers?wait=${wait}`).send(body);
      expect(answer.status, JSON.stringify(answer.body)).toBe(201);
      return answer.body;
    },
    /** Changes, and does not wait. */
    async change(name: string, patch: object): Promise<ContainerView> {
      const answer = await berth().http.patch(`/v1/containers/${name}`).send(patch);
      expect(answer.status, JSON.stringify(answer.body)).toBe(200);
      return answer.body;
    },
    /** Waits until it is ready, and whatever else is asked for. */
    ready: (name: string, also: (view: ContainerView) => boolean = () => true): Promise<ContainerView> =>
      eventually(async () => {
        const view = await get(name);
        expect(view.status.ready && also(view), JSON.stringify(view.status)).toBe(true);
        return view;
      }, 60_000),
    /** Waits until a condition has this reason. */
    because: (name: string, type: string, reason: string): Promise<ContainerView> =>
      eventually(async () => {
        const view = await get(name);
        expect(condition(view, type)?.reason, JSON.stringify(view.status)).toBe(reason);
        return view;
      }, 60_000),
  };
}
