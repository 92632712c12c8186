/** Commands inside containers. */

import { request } from 'node:http';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaring, unique } from '../declaring.js';
import { docker, eventually, type TestBerth, testBerth } from '../support.js';
import { descriptors, follow, noMoreThan, post } from './following.js';

let t: TestBerth;
let url: string;
const name = unique('exec');
beforeAll(async () => {
  t = await testBerth();
  url = await t.berth.app.listen({ host: '127.0.0.1', port: 0 });
  await declare({ name, image: 'training/webapp', env: { COLOUR: 'blue' } });
});
afterAll(() => t.stop());
const { declare, get, ready } = declaring(() => t);

const exec = async (body: object, container = name) => {
  const answer = await t.http.post(`/v1/containers/${container}/exec`).send(body);
  return { status: answer.status, ...answer.body };
};
const sh = (text: string, ...args: readonly string[]) => ({ command: ['sh', '-c', text, 'sh', ...args] });

/** The command lines of the processes in a container, as the engine's host sees them. */
const processes = async (container = name): Promise<readonly string[]> => {
  const { Processes } = (await docker.getContainer(container).top()) as { Processes: string[][] };
  return Processes.map((row) => row.at(-1) ?? '');
};

describe('a command', () => {
  it('answers its exit code, and both streams told apart', async () => {
    expect(await exec(sh('echo out; echo err >&2; exit 3'))).toEqual({
      ...{ status: 200, exitCode: 3, stdout: 'out\n', stderr: 'err\n' },
      ...{ truncated: false, timedOut: false, stillRunning: false },
    });
  });

  it('gets its arguments as they are, and user, folder and variables beside those of the container', async () => {
    const text = 'echo "$1|$COLOUR|$SIZE|$(pwd)|$(id -u)"';
    const body = { ...sh(text, '$HOME "quoted"\n'), env: { SIZE: 'big=1' }, workingDir: '/tmp', user: '65534' };
    expect((await exec(body)).stdout).toBe('$HOME "quoted"\n|blue|big=1|/tmp|65534\n');
  });

  it.each([
    ['is not in the image', { command: ['no-such-command'] }, /no-such-command.*not found/],
    ['is no program', { command: ['/etc/hosts'] }, /permission denied/],
    ['has a folder that is none', { command: ['true'], workingDir: '/no/such' }, /no\/such/],
  ])('that %s has exit code 126 or 127, and the reason', async (_, body, reason) => {
    const { status, exitCode, stdout } = await exec(body);
    expect(status).toBe(200);
    expect([126, 127]).toContain(exitCode);
    expect(stdout).toMatch(reason);
  });

  it.each([
    ['user', 'nobody-here', /nobody-here/],
    ['group', '0:nobody-here', /nobody-here/],
    ['user id', '99999999999', /uids and gids/],
  ])("whose %s the container lacks is a 422 with the engine's reason, also as events", async (_, user, reason) => {
    for (const accept of ['application/json', 'text/event-stream, application/json;q=0.5']) {
      const sent = t.http.post(`/v1/containers/${name}/exec`).set('accept', accept);
      const { status, body } = await sent.send({ command: ['true'], user });
      expect(status).toBe(422);
      expect(body).toMatchObject({
        code: 'invalid-definition',
        errors: [{ in: 'body', pointer: '/user', message: expect.stringMatching(reason) }],
      });
    }
  });

  it('that writes bytes which are no text keeps them all as base64', async () => {
    const bytes = [0, 255, 254, 10, 13, 0, 128];
    const octal = bytes.map((byte) => `\\${byte.toString(8).padStart(3, '0')}`).join('');
    const body = sh(`printf '${octal}'; printf '${octal}' >&2`);
    const { stdout, stderr } = await exec({ ...body, encoding: 'base64' });
    expect([...Buffer.from(stdout, 'base64')]).toEqual(bytes);
    expect([...Buffer.from(stderr, 'base64')]).toEqual(bytes);
    expect((await exec(body)).stdout).toBe('\0\ufffd\ufffd\n\r\0\ufffd');
  });

  it('that writes without end keeps the first MiB of each stream, runs to its end, and says so', async () => {
    const { stdout, stderr, truncated, exitCode } = await exec({
      ...sh('yes | head -c 3000000; echo short >&2; exit 7'),
      timeoutSeconds: 60,
    });
    expect({ truncated, exitCode, stderr, size: stdout.length }).toEqual({
      ...{ truncated: true, exitCode: 7, stderr: 'short\n', size: 1024 * 1024 },
    });
    expect(stdout).toBe('y\n'.repeat(512 * 1024));
  });

  it('whose output is over before it is has the exit code that it comes to', async () => {
    expect((await exec(sh('exec >&- 2>&-; sleep 1; exit 5'))).exitCode).toBe(5);
  });
});

describe('at its time limit', () => {
  it('a command is killed, with all that it has started, and no other process is', async () => {
    const { exitCode, timedOut, stillRunning, stdout } = await exec({
      ...sh('echo begun; sleep 7001 & (sleep 7002; true) & setsid sleep 7003 & wait'),
      timeoutSeconds: 1,
    });
    expect({ exitCode, timedOut, stillRunning, stdout }).toEqual({
      ...{ exitCode: null, timedOut: true, stillRunning: false, stdout: 'begun\n' },
    });
    expect((await processes()).filter((line) => line.includes('sleep 700'))).toEqual([]);
    expect((await processes()).length).toBeGreaterThan(0);
  });

  it('one that takes no signal but SIGKILL is, too, whoever it runs as', async () => {
    const body = { ...sh('trap "" TERM INT HUP; while true; do sleep 7004; done'), user: '65534', timeoutSeconds: 1 };
    expect(await exec(body)).toMatchObject({ timedOut: true, stillRunning: false });
    expect((await processes()).filter((line) => line.includes('7004'))).toEqual([]);
  });

  it('in an image without a shell it goes on, and the answer says so', async () => {
    const bare = unique('bare');
    await declare({ name: bare, image: 'training/webapp' });
    await exec({ command: ['sh', '-c', 'rm /bin/sh /usr/bin/sh; true'] }, bare);
    const { timedOut, stillRunning } = await exec({ command: ['sleep', '7005'], timeoutSeconds: 1 }, bare);
    expect({ timedOut, stillRunning }).toEqual({ timedOut: true, stillRunning: true });
    expect((await processes(bare)).join()).toContain('sleep 7005');
    await t.http.delete(`/v1/containers/${bare}?wait=60`).expect(200);
  });
});

describe('as events', () => {
  it('lines come when they are written, and the exit is the last', async () => {
    const heard = await follow(
      `${url}/v1/containers/${name}/exec`,
      post(sh('echo one; while [ ! -e /tmp/go ]; do sleep 0.05; done; echo two >&2; exit 4')),
    );
    await eventually(() => expect(heard.of('stdout')).toEqual(['one']));
    await exec({ command: ['touch', '/tmp/go'] });
    await heard.end;
    expect(heard.of('stderr')).toEqual(['two']);
    expect(heard.heard.at(-1)?.event).toBe('exit');
    expect(JSON.parse(heard.of('exit')[0] ?? '')).toEqual({ exitCode: 4, timedOut: false, stillRunning: false });
  });

  it('nothing is dropped, and the time limit holds', async () => {
    const body = { ...sh('yes $(printf %0100d 0) | head -n 20000; sleep 7006'), timeoutSeconds: 10 };
    const heard = await follow(`${url}/v1/containers/${name}/exec`, post(body));
    await heard.end;
    expect(heard.of('stdout')).toEqual(Array.from({ length: 20_000 }, () => '0'.repeat(100)));
    expect(JSON.parse(heard.of('exit')[0] ?? '')).toMatchObject({ exitCode: null, timedOut: true });
    expect((await processes()).join()).not.toContain('7006');
  });
});

describe('a client that goes', () => {
  it.each(['application/json', 'text/event-stream'])('takes its command with it (%s)', async (accept) => {
    const before = descriptors();
    const { method, headers, body } = post({ ...sh('echo begun; sleep 7007'), timeoutSeconds: 300 });
    const client = request(`${url}/v1/containers/${name}/exec`, {
      method,
      agent: false,
      headers: { ...headers, accept },
    });
    client.on('error', () => undefined).end(body);
    await eventually(async () => expect((await processes()).join()).toContain('sleep 7007'));
    client.destroy();
    await eventually(async () => expect((await processes()).join()).not.toContain('sleep 7007'));
    await noMoreThan(before);
  });
});

describe('a container', () => {
  it('that stops while a command runs ends it', async () => {
    const other = unique('exec');
    await declare({ name: other, image: 'training/webapp', stopTimeoutSeconds: 1 });
    const answer = exec({ command: ['sleep', '7008'], timeoutSeconds: 300 }, other);
    await eventually(async () => expect((await processes(other)).join()).toContain('sleep 7008'));
    await t.http.delete(`/v1/containers/${other}?wait=60`).expect(200);
    const { status, timedOut, stillRunning } = await answer;
    expect({ status, timedOut, stillRunning }).toEqual({ status: 200, timedOut: false, stillRunning: false });
  });

  it('that is stopped is a 409 that says so', async () => {
    const other = unique('exec');
    await declare({ name: other, image: 'training/webapp' });
    await t.http.post(`/v1/containers/${other}/stop?wait=60`).expect(200);
    const stopped = await exec({ command: ['true'] }, other);
    expect([stopped.status, stopped.code]).toEqual([409, 'not-running']);
    expect(stopped.detail).toContain('not running');
  });

  it('whose commands change something inside is not touched for it, nor looked at', async () => {
    const view = await ready(name);
    const measured = async () => {
      const { text } = await t.http.get('/metrics');
      return ['berth_reconcile_seconds_count\\S*', 'berth_relists_total'].map(
        (measure) => new RegExp(`^${measure} (\\d+)$`, 'm').exec(text)?.[1],
      );
    };
    // Every 25 s all are looked at: what is compared is a time between two of those.
    await eventually(async () => {
      const before = await measured();
      for (let i = 0; i < 5; i++) expect((await exec(sh('echo changed >> /etc/motd'))).exitCode).toBe(0);
      expect(before[0]).toMatch(/^\d+$/);
      expect(await measured()).toEqual(before);
    });
    expect((await get(name)).status.container).toEqual(view.status.container);
  });
});
