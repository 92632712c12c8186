import { describe, expect, it } from 'vitest';
import { valueFault } from '../../../src/domain/docker/option-values.js';
import { readDockerRun } from '../../../src/domain/import-export/docker-run/to-definition.js';

/** For each flag, texts that Docker's command line or the engine takes, and such that one of them refuses. */
const VALUES: Readonly<Record<string, readonly [taken: readonly string[], refused: readonly string[]]>> = {
  'add-host': [
    ['a:1.2.3.4', 'a=::1', 'a=[::1]', 'a:host-gateway'],
    ['', 'a', 'a:b', '=1.2.3.4', 'a=[]', 'a=[host-gateway]'],
  ],
  attach: [
    ['stdin', 'STDOUT', 'stderr'],
    ['', 'std', 'stdin,stdout'],
  ],
  'blkio-weight': [
    ['0', '10', '1000'],
    ['9', '1001'],
  ],
  'blkio-weight-device': [
    ['/dev/sda:0', '/dev/sda:10'],
    ['', '/dev/sda', '/dev/sda:9', 'sda:10', ':10', '/dev/sda:1m'],
  ],
  cgroupns: [
    ['', 'host', 'private'],
    ['some', 'host:', 'container:a'],
  ],
  'cpu-period': [
    ['0', '1000', '1000000'],
    ['999', '1000001'],
  ],
  'cpu-quota': [['0', '-1', '1000'], ['999']],
  'cpuset-cpus': [
    ['', '0', '0-3', '0,2-3'],
    ['a', '0-', '0,'],
  ],
  'detach-keys': [
    ['', 'a', 'ctrl-p,ctrl-q', 'ctrl-@', 'DEL'],
    ['shift-a', 'ctrl-1', 'a,'],
  ],
  device: [
    ['/dev/snd', '/dev/snd:r', '/dev/snd:/dev/x', 'snd:/dev/x:rwm', 'vendor.com/class=name'],
    ['', 'snd', '/dev/snd:x', '/a:/b:ro', '/a:/b:rr', '/a:/b:r:w', ':/b', '/a:'],
  ],
  'device-cgroup-rule': [
    ['c 10:200 rwm', 'a *:* r'],
    ['', 'x 1:2 r', 'c 1:2', 'c 1:2 rwx'],
  ],
  'device-read-bps': [
    ['/dev/sda:1mb', '/dev/sda:1000'],
    ['/dev/sda', '/dev/sda:x', 'sda:1mb', '/dev/sda:-1'],
  ],
  'device-write-iops': [['/dev/sda:1000'], ['/dev/sda:1mb', '/dev/sda:1.5', '/dev/sda:-5']],
  dns: [
    ['1.1.1.1', ' 1.1.1.1 ', '::1'],
    ['', 'a', '1.1.1'],
  ],
  'dns-search': [
    ['.', 'a', 'a.b.', '1.foo'],
    ['', ' ', '17', '.a', 'a-.b', 'a..b', 'a'.repeat(256)],
  ],
  'dns-opt': [['ndots:2'], []],
  env: [
    ['A=', 'A', 'a b=c'],
    ['', '=a'],
  ],
  gpus: [
    ['all', '-1', 'count=2', 'driver=x,"capabilities=a,b"', 'device=0'],
    ['some', 'count=x', 'a=b', 'all,count=1', '1,all"'],
  ],
  ip: [
    ['', '10.0.0.1'],
    ['a', '::1'],
  ],
  ip6: [
    ['', '::1'],
    ['a', '10.0.0.1'],
  ],
  ipc: [
    ['', 'host', 'none', 'private', 'shareable', 'container:a', 'container:'],
    ['some', 'host:', 'container'],
  ],
  label: [
    ['a', 'a=', 'a= b c', ' a=b'],
    ['', '=a', ' = ', 'a b=c', '\ta\t=b'],
  ],
  'mac-address': [
    ['', '92:d0:c6:0a:29:33', '92-d0-c6-0a-29-33', '92d0.c60a.2933'],
    ['x', '92:d0:c6:0a:29', '92:d0-c6:0a:29:33'],
  ],
  'memory-swappiness': [
    ['-1', '0', '100'],
    ['-2', '101'],
  ],
  'oom-score-adj': [['-1000', '1000'], ['1001']],
  pid: [
    ['', 'host', 'container:a'],
    ['some', 'container:', 'host:a'],
  ],
  platform: [
    ['', 'linux', 'linux/amd64', 'linux/arm64/v8'],
    ['linux/', '/amd64', 'a/b/c/d', 'a b'],
  ],
  'security-opt': [
    ['a=b', 'a:b', 'no-new-privileges', 'seccomp=x'],
    ['', 'a', 'a=', 'a:'],
  ],
  'storage-opt': [['size=10G'], ['size']],
  sysctl: [
    ['net.core.somaxconn=1', 'kernel.shmmax=1', 'fs.mqueue.msg_max=1'],
    ['net.core.somaxconn', '=1', 'vm.swappiness=1'],
  ],
  tmpfs: [
    ['/run', '/run:size=64m,mode=1777,noexec'],
    ['', 'run', '/', '//', '/.', '/run:some'],
  ],
  ulimit: [
    ['nofile=1', 'nofile=1:2', 'core=-1', 'core=1:-1'],
    ['nofile', 'some=1', 'nofile=2:1', 'core=-1:1', 'nofile=:1', 'nofile=1:2:3'],
  ],
  userns: [
    ['', 'host'],
    ['some', 'host:'],
  ],
  uts: [
    ['', 'host'],
    ['container:a', 'some'],
  ],
  'volumes-from': [
    ['a', 'a:ro', 'a:rw,z'],
    ['', ':ro', 'a:b', 'a:ro:rw'],
  ],
};

describe.each(Object.entries(VALUES))('--%s', (name, [taken, refused]) => {
  it.each(taken)('takes %j', (value) => {
    expect(valueFault(name, value)).toBeUndefined();
  });

  it.each(refused)('refuses %j with what to write', (value) => {
    expect(valueFault(name, value)).toMatch(/^Docker rejects ".*": .{10,}/s);
  });
});

describe('volumes and mounts', () => {
  it.each([
    ...[
      '/:/',
      '/srv:/',
      '/',
      'ab',
      './',
      '/srv:path',
      '/srv:/d:',
      '/srv:/d:nocopy',
      '/srv:/d:shared,slave',
      'data:/d:rprivate',
    ],
  ])('-v %s is refused', (value) => {
    expect(readDockerRun(`docker run -v ${value} mysql`).ok).toBe(false);
  });

  it.each([
    'type=volume,src =data,target=/d',
    'type=volume,src=,target=/d',
    'type=volume,src=data ,target=/d',
    'type=volume,src=data,target=d',
    'type=volume,src=data,target=/',
    'type=volume,target=/d,readonly',
    'type=volume,target=/d,bogus',
    'type=volume,target=/d,src=data,bind-propagation=rprivate',
    'type=tmpfs,target=/d,tmpfs-mode=foo',
    'type=bind,target=/d',
    'type=bind,source=srv,target=/d',
    'type=bind,source=/srv,target=/d,bind-propagation=some',
    'type=bind,source=/srv,target=/d,bind-recursive=some',
    'type=image,target=/d',
    'type=npipe,source=x,target=/d',
  ])('--mount %s is refused', (value) => {
    expect(readDockerRun(`docker run --mount '${value}' mysql`).ok).toBe(false);
  });

  it.each([
    'type=bind,source=/srv,target=/d,bind-recursive=readonly,readonly,bind-propagation=rprivate',
    'TYPE=bind,Source=.,target=/d',
    'type=image,source=foo,target=/d,image-subpath=/bar',
  ])('--mount %s is reported as unsupported', (value) => {
    expect(readDockerRun(`docker run --mount '${value}' mysql`)).toMatchObject({
      ok: true,
      left: [{ at: '--mount', effect: 'unsupported' }],
    });
  });
});
