/** POST /v1/import/docker-run: read, and stored as POST /v1/containers stores it. */

import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { declaredOf, faultsOf, type Json, type TestBerth, testBerth } from './berth.js';

let berth: TestBerth;
beforeAll(async () => {
  berth = await testBerth();
});
afterAll(() => berth.stop());

const at = (query = '') => `/v1/import/docker-run${query}`;
const send = (command: string, query = '', headers = {}) =>
  berth.send('POST', at(query), { body: { command }, headers });
const names = async (): Promise<readonly string[]> =>
  (await berth.get('/v1/containers?limit=500')).items.map((one: Json) => one.name);

const CONTROL_GROUP = {
  ...{ at: '--cgroup-parent', value: 'a', effect: 'unsupported' },
  reason: 'the engine has one control group for its containers: remove it',
};

describe('without apply', () => {
  it('answers the definition and what is unsupported, also as `left`, and stores nothing', async () => {
    const before = await names();
    const { status, body, headers } = await send(
      'docker run -d --rm --cgroup-parent a -p 5000:5000 --name read training/webapp',
    );
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('location');
    const notes = [
      {
        ...{ at: '--rm', value: '', effect: 'ignored' },
        reason: 'containers are kept until their definition is deleted',
      },
      CONTROL_GROUP,
    ];
    expect(body).toEqual({
      set: null,
      containers: [{ name: 'read', image: 'training/webapp', ports: ['5000:5000'], restartPolicy: 'no' }],
      unsupported: notes,
      left: notes,
    });
    expect(await names()).toEqual(before);
  });

  it('answers what can be sent to the API as it stands', async () => {
    const { body } = await send(
      `docker run -P -p 6001:80 --expose 81 -e 'A=b c' -l x=y --network shop -v data:/d -m 64m --health-cmd true --restart always --name sent training/webapp sh -c ''`,
    );
    expect(body.left).toEqual([]);
    const planned = await berth.send('POST', '/v1/containers?dryRun=true', { body: body.containers[0] });
    expect(planned.status, planned.text).toBe(200);
    const applied = await berth.send('POST', '/v1/apply?dryRun=true', { body: { containers: body.containers } });
    expect(applied.status, applied.text).toBe(200);
  });

  it('puts in the variables of the shell, and names those that are not set', async () => {
    const command = 'docker run -v $DATA:/d -e TOKEN -w ${DIR:-/srv} training/webapp';
    const env = { DATA: 'files', TOKEN: 'secret' };
    const { body } = await berth.send('POST', at(), { body: { command, env } });
    expect(body).toMatchObject({
      containers: [{ volumes: [{ volume: 'files' }], env: { TOKEN: 'secret' }, workingDir: '/srv' }],
      left: [],
    });
    const problem = await berth.refuse('invalid-definition', 'POST', at(), { body: { command } });
    expect(faultsOf(problem)).toEqual([
      expect.stringMatching(/^\/command at character 15 \(\$DATA\): DATA is not set: send it in env/),
    ]);
  });

  it('reads the files that the line names, and says which was not sent', async () => {
    const command = 'docker run --env-file prod.env --label-file ./labels --env-file other.env mysql';
    const files = { 'prod.env': 'TOKEN=secret\nHOME', labels: 'team=shop' };
    const { status, body } = await berth.send('POST', at(), { body: { command, files, env: { HOME: '/root' } } });
    expect([status, body.containers[0]]).toMatchObject([
      200,
      { env: { TOKEN: 'secret', HOME: '/root' }, labels: { team: 'shop' } },
    ]);
    expect(body.unsupported).toMatchObject([{ at: '--env-file', value: 'other.env', effect: 'unsupported' }]);
  });

  it('says everything that is wrong with the line, each with its place', async () => {
    const problem = await berth.refuse('invalid-definition', 'POST', at(), {
      body: { command: 'docker run -p 80x --volume data:b $X training/webapp > log' },
    });
    expect(faultsOf(problem).map((fault) => fault.split(': ')[0])).toEqual([
      '/command at character 12 (-p 80x)',
      '/command at character 19 (--volume data:b)',
      '/command at character 35 ($X)',
      '/command at character 54 (>)',
    ]);
    expect(problem.detail).toMatch(/^The command, at character 12 \(-p 80x\): .* \(and 3 more, see errors\)\.$/s);
  });

  it.each<[why: string, body: unknown, fault: string]>([
    ['no command', {}, '/command is missing'],
    ['a list', { command: ['docker', 'run'] }, '/command must be a string'],
    ['a variable that is no text', { command: 'docker run x', env: { A: 1 } }, '/env/A must be a string'],
    ['another field', { command: 'docker run x', apply: true }, '/apply is not a known field'],
  ])('refuses a body with %s', async (_, body, fault) => {
    const problem = await berth.refuse('invalid-body', 'POST', at(), { body });
    expect(faultsOf(problem).join()).toContain(fault);
  });

  it('refuses a line longer than 32 KiB', async () => {
    const command = `docker run training/webapp ${'x'.repeat(32_768)}`;
    await berth.refuse('invalid-definition', 'POST', at(), { body: { command } });
  });
});

describe('with apply', () => {
  it('stores it as POST /v1/containers does, and answers what an apply would', async () => {
    const { status, body, headers } = await send('docker run -d -p 6010:80 --name made training/webapp', '?apply=true');
    expect([status, headers['location']]).toEqual([201, '/v1/containers/made']);
    const made = await berth.get('/v1/containers/made');
    expect(body.applied).toMatchObject({ set: null, results: [{ name: 'made', result: 'created' }] });
    expect(body.applied).not.toHaveProperty('plan');
    expect(declaredOf(body.applied.results[0].container)).toEqual(declaredOf(made));
    expect(made).toMatchObject({ ports: [{ hostPort: 6010, containerPort: 80 }], restartPolicy: 'no', set: null });
    expect(body.containers).toEqual([
      { name: 'made', image: 'training/webapp', ports: ['6010:80'], restartPolicy: 'no' },
    ]);
  });

  it('stores a container with a name of 70 letters, found by its path', async () => {
    const name = 'n'.repeat(70);
    expect((await send(`docker run --name ${name} --hostname my_host training/webapp`, '?apply=true')).status).toBe(
      201,
    );
    expect(await berth.get(`/v1/containers/${name}`)).toMatchObject({ name, hostname: 'my_host' });
  });

  it('stores what was written with env as one that was written out, and a retry needs the same env', async () => {
    const headers = { 'idempotency-key': 'with-env' };
    const body = { command: 'docker run --name $NAME training/webapp', env: { NAME: 'from-env' } };
    const first = await berth.send('POST', at('?apply=true'), { body, headers });
    expect([first.status, first.body.containers[0].name]).toEqual([201, 'from-env']);
    const other = { ...body, env: { NAME: 'another' } };
    await berth.refuse('idempotency-mismatch', 'POST', at('?apply=true'), { body: other, headers });
  });

  it('makes up a name where there is none, and says which', async () => {
    const { body } = await send('docker run training/webapp', '?apply=true');
    const [{ name }] = body.containers;
    expect(name).toMatch(/^[a-z]+_[a-z]+\d?$/);
    expect(body.applied.results[0].name).toBe(name);
    expect(await names()).toContain(name);
  });

  it('refuses a name that is taken, as docker run does', async () => {
    await berth.declare({ name: 'taken', image: 'training/webapp' });
    const body = { command: 'docker run --name taken training/webapp' };
    await berth.refuse('name-taken', 'POST', at('?apply=true'), { body });
    expect((await send(body.command)).status).toBe(200);
  });

  it('refuses a host port that another one has, and says where in the line it stands', async () => {
    await berth.declare({ name: 'holder', image: 'training/webapp', ports: ['6020:80'] });
    const problem = await berth.refuse('port-claimed', 'POST', at('?apply=true'), {
      body: { command: 'docker run -d -p 6020:80 training/webapp' },
    });
    expect(faultsOf(problem)[0]).toMatch(/^\/command at character 15 \(-p 6020:80\): .*holder/);
  });

  it('refuses a link to what is not there, and says where in the line it stands', async () => {
    const problem = await berth.refuse('invalid-definition', 'POST', at('?apply=true'), {
      body: { command: 'docker run --link nobody:db --link else training/webapp' },
    });
    expect(faultsOf(problem)).toEqual([
      expect.stringMatching(/^\/command at character 12 \(--link nobody:db\): container "nobody" doesn't exist/),
      expect.stringMatching(/^\/command at character 29 \(--link else\): container "else" doesn't exist/),
    ]);
  });

  it('refuses what would be another container, unless that is wanted', async () => {
    const command = 'docker run --cgroup-parent a --oom-kill-disable -q -e HOME --name forced training/webapp';
    const problem = await berth.refuse('not-importable', 'POST', at('?apply=true'), { body: { command } });
    expect(faultsOf(problem).map((fault) => fault.split(':')[0])).toEqual([
      '/command --cgroup-parent a',
      '/command --oom-kill-disable',
      '/command -e HOME',
    ]);
    expect(problem.detail).toContain('--cgroup-parent, --oom-kill-disable and -e');
    const { status, body } = await send(command, '?apply=true&force=true');
    expect(status).toBe(201);
    expect(body.left.map((one: Json) => one.at)).toEqual(['--cgroup-parent', '--oom-kill-disable', '-q', '-e']);
    expect(await names()).toContain('forced');
  });

  it('stores what is without effect being left out', async () => {
    expect((await send('sudo docker run --rm -q --name quiet training/webapp', '?apply=true')).status).toBe(201);
  });

  it('of a dry run answers what would be, and stores nothing', async () => {
    const before = await names();
    const { status, body, headers } = await send(
      'docker run --name rehearsed -p 6030:80 training/webapp',
      '?apply=true&dryRun=true',
    );
    expect(status).toBe(200);
    expect(headers).not.toHaveProperty('location');
    expect(body.applied.results).toMatchObject([{ name: 'rehearsed', container: { ports: [{ hostPort: 6030 }] } }]);
    expect(body.applied.results[0].container).not.toHaveProperty('plan');
    expect(await names()).toEqual(before);
    await berth.refuse('name-taken', 'POST', at('?apply=true&dryRun=true'), {
      body: { command: 'docker run --name made training/webapp' },
    });
  });

  it('waits, and answers 202 with the status as far as it got', async () => {
    const { status, body, headers } = await send('docker run --name waited training/webapp', '?apply=true&wait=1');
    expect([status, headers['location']]).toEqual([202, '/v1/containers/waited']);
    expect(body.applied.results[0].container.status.ready).toBe(false);
  });

  it('of docker create makes one that does not run', async () => {
    await send('docker create --name created training/webapp', '?apply=true');
    expect(await berth.get('/v1/containers/created')).toMatchObject({ state: 'stopped' });
  });

  it.each(['?apply=true', '?apply=true&wait=1'])('with a key is done once and answered alike (%s)', async (query) => {
    const before = (await names()).length;
    const headers = { 'idempotency-key': `import${query}` };
    const first = await send('docker run training/webapp', query, headers);
    const second = await send('docker run training/webapp', query, headers);
    expect([second.status, second.text, second.headers['location']]).toEqual([
      first.status,
      first.text,
      first.headers['location'],
    ]);
    expect(second.headers['idempotency-replayed']).toBe('true');
    expect(first.body.applied.results).toHaveLength(1);
    expect((await names()).length).toBe(before + 1);
    await berth.refuse('idempotency-mismatch', 'POST', at(query), { body: { command: 'docker run mysql' }, headers });
  });

  it('does not take what is no parameter', async () => {
    const { errors } = await berth.refuse('invalid-parameter', 'POST', at('?apply=yes&prune=true'), {
      body: { command: 'docker run training/webapp' },
    });
    expect(errors?.map(({ pointer }) => pointer).toSorted()).toEqual(['/apply', '/prune']);
  });
});

describe('whatever the line', () => {
  const piece = fc.oneof(
    fc.constantFrom(
      '-p',
      '80:80',
      '-e',
      'A=1',
      '--name',
      'a/b',
      '-v',
      'x:/y',
      '--link',
      'db',
      '-m',
      '9g',
      '--',
      '-it',
      '\n',
      '$(',
      "'",
    ),
    fc.string({ unit: 'grapheme', maxLength: 6 }),
    fc.string({ unit: 'binary', maxLength: 6 }),
  );

  it('it is read or refused, and one that is read can be declared', async () => {
    const before = await names();
    await fc.assert(
      fc.asyncProperty(fc.array(piece, { maxLength: 8 }), fc.boolean(), async (pieces, isBare) => {
        const command = isBare ? pieces.join(' ') : `docker run ${pieces.join(' ')} training/webapp`;
        fc.pre(command.length > 0);
        const { status, body } = await send(command, '?apply=true&dryRun=true&force=true');
        expect([200, 409, 422]).toContain(status);
        if (status === 200) {
          const again = await berth.send('POST', '/v1/containers?dryRun=true', { body: body.containers[0] });
          expect(again.status, again.text).toBe(200);
        }
      }),
      { numRuns: 200 },
    );
    expect(await names()).toEqual(before);
  });
});
