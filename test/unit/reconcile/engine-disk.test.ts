import { describe, expect, it } from 'vitest';
import { toEngineError } from '../../../src/engine/docker/docker-errors.js';
import { createEngineDisk } from '../../../src/reconcile/loop/engine-disk.js';

function disk() {
  let ms = 0;
  const changes: string[] = [];
  const made = createEngineDisk({ monotonic: () => ms, now: () => new Date(ms) }, () => {
    changes.push(made.state() === null ? 'room' : 'full');
  });
  const pass = (by: number): void => {
    ms += by;
  };
  return { ...made, changes, pass };
}

describe('a full disk of the engine', () => {
  it('blocks every definition, and is reported once', () => {
    const it = disk();
    expect(it.blocks('a')).toBeNull();
    it.refused('a', 'no space left on device');
    it.refused('b', 'no space left on device');
    expect([it.blocks('a'), it.blocks('c')]).toEqual(['no space left on device', 'no space left on device']);
    expect(it.state()).toEqual({ since: new Date(0), message: 'no space left on device' });
    expect(it.changes).toEqual(['full']);
  });

  it('lets one definition at a time try, after ten seconds', () => {
    const it = disk();
    it.refused('a', 'full');
    expect(it.claim('a', false)).toBe(false);
    it.pass(10_000);
    expect([it.claim('b', false), it.claim('a', false)]).toEqual([true, false]);
    expect([it.blocks('b'), it.blocks('a')]).toEqual([null, 'full']);
    it.refused('b', 'still full');
    expect([it.blocks('b'), it.claim('b', false)]).toEqual(['still full', false]);
  });

  it('lets pulls try ever later, up to five minutes', () => {
    const it = disk();
    it.refused('a', 'full');
    const waits: number[] = [];
    for (let round = 0; round < 6; round++) {
      let waited = 0;
      for (; !it.claim('a', true); waited += 10_000) it.pass(10_000);
      waits.push(waited / 1000);
      it.refused('a', 'full');
    }
    expect(waits).toEqual([20, 20, 40, 80, 160, 300]);
  });

  it('is over with the first that could be written, for all', () => {
    const it = disk();
    it.refused('a', 'full');
    it.pass(10_000);
    it.claim('b', false);
    it.written();
    it.written();
    expect([it.state(), it.blocks('a')]).toEqual([null, null]);
    expect(it.changes).toEqual(['full', 'room']);
  });

  it('lets another definition try where the one that tried failed for another reason', () => {
    const it = disk();
    it.refused('a', 'full');
    it.pass(10_000);
    it.claim('a', false);
    it.release('a');
    expect(it.claim('b', false)).toBe(false);
    it.pass(10_000);
    expect(it.claim('b', false)).toBe(true);
  });
});

describe("an engine's error", () => {
  const kindOf = (message: string) =>
    toEngineError('create', 'unix:///x', { statusCode: 500, json: { message }, message }).kind;

  it.each([
    ['mkdir /var/lib/docker/overlay2/ab: no space left on device', 'disk-full'],
    ['write /var/lib/docker/tmp/GetImageBlob1: no space left on device', 'disk-full'],
    [
      'failed to register layer: Error processing tar file(exit status 1): write /a: no space left on device',
      'disk-full',
    ],
    ['mkdir /var/lib/docker/overlay2/ab: disk quota exceeded', 'disk-full'],
    ['OCI runtime create failed: write /sys/fs/cgroup/cpuset/docker/cpuset.cpus: no space left on device', 'failed'],
    ['failed to add inotify watch: no space left on device', 'failed'],
  ])('%s is of kind %s', (message, kind) => {
    expect(kindOf(message)).toBe(kind);
  });
});
