import Fastify from 'fastify';
import { expect, it, onTestFinished } from 'vitest';
import { NOBODY } from '../../../src/http/pipeline/auth/auth.js';
import { HIDDEN, redacted, redactedEnv, redaction } from '../../../src/http/pipeline/redaction.js';

/** Answers of a plain route, and of one that redacts its answers itself, to a caller. */
async function answersTo(principal: object) {
  const app = Fastify();
  onTestFinished(() => app.close());
  app.addHook('onRequest', async (request) => void Object.assign(request, { principal }));
  redaction(app);
  const secret = { env: { A: 'canary' } };
  app.get('/plain', () => secret);
  app.get('/own', { config: { isRedacted: true } }, () => secret);
  const read = async (url: string) => (await app.inject(url)).json().env.A;
  return { plain: await read('/plain'), own: await read('/own') };
}

it('the values of variables are hidden from a viewer, unless the route hides them itself', async () => {
  expect(await answersTo({ role: 'viewer' })).toEqual({ plain: HIDDEN, own: 'canary' });
});

it.each([
  ['an operator', { role: 'operator' }],
  ['an administrator', { role: 'admin' }],
  ['everybody where authentication is off', NOBODY],
])('the values of variables are shown to %s', async (_, principal) => {
  expect(await answersTo(principal)).toEqual({ plain: 'canary', own: 'canary' });
});

it('a viewer sees of an environment where links lead, and nothing that could be a secret', () => {
  const shown = {
    DB_PORT: 'tcp://172.17.0.2:3306',
    DB_PORT_3306_TCP: 'tcp://172.17.0.2:3306',
    DB_PORT_3306_TCP_ADDR: '172.17.0.2',
    DB_PORT_3306_TCP_PORT: '3306',
    DB_PORT_3306_TCP_PROTO: 'tcp',
    DB_NAME: '/web/db',
    SIX_PORT_53_UDP: 'udp://[fd00::2]:53',
    SIX_PORT_53_UDP_ADDR: 'fd00::2',
  };
  const hidden = {
    DB_ENV_MYSQL_PASSWORD: 'canary',
    DB_ENV_X_PORT: '3306',
    // Taken out of the definition, and in its container still.
    LOGIN_NAME: 'canary',
    VAULT_PORT: 'canary',
    KEY_PORT_1_X: 'deadbeefcafe',
  };
  const own = { LISTEN_PORT: '80', PATH: '/bin' };
  const fromLinks = Object.keys({ ...shown, ...hidden });
  const view = redactedEnv({ env: { ...shown, ...hidden, ...own }, fromLinks });
  const none = Object.fromEntries(Object.keys({ ...hidden, ...own }).map((name) => [name, HIDDEN]));
  expect(view).toEqual({ env: { ...shown, ...none }, fromLinks });
});

it('a viewer sees no value of a variable at whatever depth of an answer', () => {
  const answer = { items: [{ spec: { env: { A: 'canary' } } }], Config: { Env: ['A=canary', 'B'] }, env: 'all' };
  expect(redacted(answer)).toEqual({
    ...{ items: [{ spec: { env: { A: HIDDEN } } }], env: 'all' },
    Config: { Env: [`A=${HIDDEN}`, `B=${HIDDEN}`] },
  });
});

it('a viewer sees no text of a file, but the shape of every other value', () => {
  const files = [{ path: '/run/secrets/a', content: 'canary', mode: '0400' }];
  expect(redacted({ files, content: { 'application/json': {} } })).toEqual({
    files: [{ path: '/run/secrets/a', content: HIDDEN, mode: '0400' }],
    content: { 'application/json': {} },
  });
});

it('a viewer sees no value of an option of a log', () => {
  const options = { 'splunk-token': 'canary' };
  expect(redacted({ logDriver: 'splunk', logOptions: options })).toEqual({
    ...{ logDriver: 'splunk', logOptions: { 'splunk-token': HIDDEN } },
  });
  expect(redacted({ HostConfig: { LogConfig: { Type: 'splunk', Config: options } } })).toEqual({
    HostConfig: { LogConfig: { Type: 'splunk', Config: { 'splunk-token': HIDDEN } } },
  });
  expect(redacted({ LogConfig: { Type: 'none', Config: null } })).toEqual({
    LogConfig: { Type: 'none', Config: null },
  });
});

it('a viewer sees the names of variables in a list of them, and no value that is in one', () => {
  expect(redacted({ before: { env: ['A', 'B'] } })).toEqual({ before: { env: ['A', 'B'] } });
  expect(redacted({ env: ['A', 'B=canary'] })).toEqual({ env: ['A', `B=${HIDDEN}`] });
});
