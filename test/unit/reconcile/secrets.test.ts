/** Secrets in plans: what they change, where their values go, and where they must not. */

import { describe, expect, it } from 'vitest';
import { rememberedHash } from '../../../src/domain/definition/hash.js';
import type { SealedValue } from '../../../src/domain/secrets/sealed-value.js';
import { secretVersions } from '../../../src/domain/secrets/secret-refs.js';
import { environmentOf, type RunningSource, staleness } from '../../../src/reconcile/plan/link-state.js';
import { plan } from '../../../src/reconcile/plan/plan.js';
import { definition, specOf } from '../../support/definition.js';
import { container, input, linkTo, running } from './builders.js';

const secretEnv = { PASSWORD: 'shop' };
const sealed = (uid: string): SealedValue => ({
  ...{ kind: 'secret', name: 'shop', uid, version: 1, username: null, sealed: '' },
  ...{ createdAt: new Date(0), updatedAt: new Date(0) },
});

describe('a hash', () => {
  const web = definition({ spec: specOf({ secretEnv }) });
  const hashWith = (find: (name: string) => SealedValue | undefined) =>
    rememberedHash(web, [], secretVersions(web.spec, find));

  it('differs with the version of a secret, and is the same again for the same one', () => {
    const one = hashWith(() => sealed('uid-one'));
    expect(hashWith(() => sealed('uid-two'))).not.toBe(one);
    expect(hashWith(() => undefined)).not.toBe(one);
    expect(hashWith(() => sealed('uid-one'))).toBe(one);
  });

  it('is the one from before secrets without them', () => {
    const plain = definition({ spec: specOf() });
    expect(rememberedHash(plain, [], [])).toBe(rememberedHash(definition({ spec: specOf({ secretEnv: {} }) }), [], []));
  });
});

describe('the variables of links', () => {
  const source = definition({ uid: 'uid-db', name: 'db', spec: specOf({ env: { USER: 'me' }, secretEnv }) });
  const db = container({ id: 'db', name: 'db', env: ['USER=me', 'PASSWORD=hunter2'], imageEnvNames: new Set() });
  const link = linkTo({ ...(running(db) as RunningSource), definition: source });
  const linked = { ...link, link: { container: 'db', alias: 'db', env: 'all' as const } };

  it('do not have the secrets of the source, under any name', () => {
    const environment = environmentOf({ ...input({ links: [linked] }), runsOn: 'lan' }) ?? [];
    expect(environment).toContain('DB_ENV_USER=me');
    expect(environment.join()).not.toMatch(/PASSWORD|hunter2/);
  });

  it('do not have those that the container of the source was made with, although its definition has none any more', () => {
    const owner = { ...db.owner, secretVariables: ['PASSWORD'] } as never;
    const older = { ...linked, source: { ...(running({ ...db, owner }) as RunningSource), definition: definition() } };
    const environment = environmentOf({ ...input({ links: [older] }), runsOn: 'lan' }) ?? [];
    expect(environment).toContain('DB_ENV_USER=me');
    expect(environment.join()).not.toMatch(/PASSWORD|hunter2/);
  });

  it('have the names of secrets unset that the engine would set itself on the default bridge', () => {
    const environment = environmentOf(input({ links: [linked] })) ?? [];
    expect(environment).toContain('DB_ENV_PASSWORD');
    expect(environment.join()).not.toContain('hunter2');
  });

  it('are not stale because the container has variables from secrets', () => {
    const web = definition({ spec: specOf({ network: 'lan', secretEnv: { DB_ENV_USER: 'shop' } }) });
    const linking = { ...input({ definition: web, links: [linked] }), runsOn: 'lan' };
    const environment = environmentOf(linking) ?? [];
    expect(environment.join()).not.toContain('DB_ENV_USER');
    const networks = { lan: { ...Object.values(container().networks)[0], links: ['db:db'] } } as never;
    const own = container({ networks, env: [...environment, 'DB_ENV_USER=hunter2'], imageEnvNames: new Set() });
    expect(staleness(own, linking, () => environment)).toEqual([]);
  });
});

it('a secret that no key opens stops a replacement, and leaves the current container running', () => {
  const current = container({ state: 'running', owner: { ...container().owner, hash: '1:older' } as never });
  const planned = plan(input({ own: [current], unreadableSecrets: ['shop'] }));
  expect(planned.actions).toEqual([]);
  expect(planned.obstacle).toMatchObject({ reason: 'SecretUnreadable', message: expect.stringContaining('shop') });
});
