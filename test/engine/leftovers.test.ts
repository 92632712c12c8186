/** A run of the tests that was cut off: what it noted is removed, on the engine and beside it. */

import { existsSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';
import { removeEngine, removeLabelled } from '../../scripts/leftovers.mjs';
import { note } from '../notes.js';
import { unique } from './declaring.js';
import { CAN_RUN_ENGINE, OwnEngine } from './faults/own-engine.js';
import { docker, ENGINE_HOST } from './support.js';

/** The processes that name a folder in their command line, or run in a container of the engine in it. */
const processesNaming = (folder: string): readonly string[] =>
  readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .filter((pid) => {
      const file = `/proc/${pid}/cmdline`;
      return existsSync(file) && readFileSync(file, 'utf8').includes(`${folder}/`);
    });

describe('after a run of the tests that was cut off', () => {
  it('its containers, networks and volumes are removed, and those of others stay', async () => {
    const [ours, other] = [unique('ours'), unique('other')];
    const label = (name: string) => ({ 'io.berth-test.run': name });
    for (const name of [ours, other]) {
      note('label', `io.berth-test.run=${name}`);
      await docker.createVolume({ Name: name, Labels: label(name) });
      await docker.createNetwork({ Name: name, Labels: label(name) });
      const mounts = [`${name}:/data`];
      const config = { name, Image: 'training/webapp', Labels: label(name), Cmd: ['python', 'app.py'] };
      const made = await docker.createContainer({ ...config, HostConfig: { Binds: mounts, NetworkMode: name } });
      await made.start();
    }
    expect(await removeLabelled(ENGINE_HOST, [`io.berth-test.run=${ours}`])).toBe(3);
    await expect(docker.getContainer(ours).inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(docker.getNetwork(ours).inspect()).rejects.toMatchObject({ statusCode: 404 });
    await expect(docker.getVolume(ours).inspect()).rejects.toMatchObject({ statusCode: 404 });
    expect((await docker.getContainer(other).inspect()).State.Running).toBe(true);
    expect(await removeLabelled(ENGINE_HOST, [`io.berth-test.run=${other}`])).toBe(3);
  });

  it.runIf(CAN_RUN_ENGINE)('an engine of its own ends with its containers, also one that was killed', async () => {
    const engine = await new OwnEngine().start();
    const folder = path.dirname(new URL(engine.host).pathname);
    const made = await engine.docker.createContainer({ Image: 'training/webapp', Cmd: ['python', 'app.py'] });
    await made.start();
    const { State } = await made.inspect();
    await engine.kill();
    expect(processesNaming(folder).length).toBeGreaterThan(0);
    await removeEngine(folder);
    expect(processesNaming(folder)).toEqual([]);
    const line = `/proc/${State.Pid}/cmdline`;
    expect(existsSync(line) ? readFileSync(line, 'utf8') : '').toBe('');
    expect(existsSync(folder)).toBe(false);
  });
});
