import { expect, it } from 'vitest';
import { credentialedEngine, type PullCredentials } from '../../../src/engine/credentialed-engine.js';
import type { Engine } from '../../../src/engine/engine.js';
import { EngineError } from '../../../src/engine/errors.js';

const credentials = (user: string, more: Partial<PullCredentials> = {}): PullCredentials => ({
  login: { host: 'r.example', credentials: { username: user, password: 'secret' } },
  ...{ version: user, isUnreadable: false, named: `pulled as ${user}` },
  ...more,
});

/** Pulls with one set of credentials after the other, on an engine that accepts those of `right`. */
async function pullWith(all: readonly PullCredentials[], message = 'unauthorized: authentication required') {
  const used: unknown[] = [];
  let asked = 0;
  const engine = credentialedEngine(
    {
      async pull(_image, _signal, _heard, { login } = {}) {
        const user = login !== undefined && 'username' in login.credentials ? login.credentials.username : null;
        used.push(user);
        if (user !== 'right') throw new EngineError('failed', message);
        return { digest: null };
      },
    } as Partial<Engine> as Engine,
    async () => all[Math.min(asked++, all.length - 1)] as PullCredentials,
  );
  const error = await engine.pull('r.example/x', new AbortController().signal).then(
    () => undefined,
    (thrown: EngineError) => thrown,
  );
  return { used, error };
}

it('passes credentials on', async () => {
  expect(await pullWith([credentials('right')])).toEqual({ used: ['right'], error: undefined });
});

it('names the credentials of a refusal, and pulls once', async () => {
  const { used, error } = await pullWith([credentials('wrong')]);
  expect(used).toEqual(['wrong']);
  expect(error).toMatchObject({ kind: 'failed', message: 'unauthorized: authentication required (pulled as wrong)' });
});

it.each([
  ['the password', 'denied: 403 for wrong and se/cret, sent as se%2Fcret'],
  ['the login as it is sent', `denied: Basic ${Buffer.from('wrong:se/cret').toString('base64')}`],
  ['the password of another failure', 'manifest unknown: se/cret'],
])('hides %s where a registry repeats it', async (_, message) => {
  const login = { host: 'r.example', credentials: { username: 'wrong', password: 'se/cret' } };
  const { error } = await pullWith([credentials('wrong', { login })], message);
  expect(error?.message).toContain('(hidden)');
  expect(error?.message).not.toMatch(/se\/cret|se%2Fcret|Basic [^(]/);
});

it('pulls again if the credentials were exchanged meanwhile', async () => {
  expect(await pullWith([credentials('wrong'), credentials('right')])).toMatchObject({
    used: ['wrong', 'right'],
    error: undefined,
  });
  const { used, error } = await pullWith([credentials('wrong'), credentials('worse')]);
  expect(used).toEqual(['wrong', 'worse']);
  expect(error?.message).toMatch(/\(pulled as worse\)$/);
});

it('reports credentials that no key opens', async () => {
  const { error } = await pullWith([{ ...credentials('wrong'), login: undefined, isUnreadable: true }]);
  expect(error?.kind).toBe('credentials-unreadable');
});

it('leaves other failures as they are', async () => {
  const { error } = await pullWith([credentials('wrong')], 'manifest unknown');
  expect(error?.message).toBe('manifest unknown');
});
