import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import type { Flag, Takes } from '../../../../src/domain/import-export/docker-run/flags/flag.js';
import { RUN_FLAGS } from '../../../../src/domain/import-export/docker-run/flags/run-flags.js';
import { readDockerRun } from '../../../../src/domain/import-export/docker-run/to-definition.js';

/** What the help calls a value, and what that is to us. */
const KINDS: Readonly<Record<string, Takes>> = {
  ...{ '': 'nothing', int: 'integer', uint: 'natural', uint16: 'natural', decimal: 'cpus' },
  ...{
    bytes: 'bytes',
    duration: 'duration',
    list: 'text',
    string: 'text',
    map: 'text',
    mount: 'text',
    network: 'text',
  },
  ...{ 'gpu-request': 'text', ulimit: 'text' },
};
/** Given several times they are several, whatever the help calls their value. */
const LISTS = ['list', 'map', 'mount', 'network', 'ulimit', 'gpu-request'];
/** What the help does not show: older names. */
const HIDDEN = ['dns-opt', 'net', 'net-alias'];

interface Helped {
  readonly short: string | undefined;
  readonly name: string;
  readonly kind: string;
}

/** `  -p, --publish list     Publish …` */
const HELP: readonly Helped[] = readFileSync('test/fixtures/docker-run-help.txt', 'utf8')
  .split('\n')
  .flatMap((line) => {
    const [, short, name = '', kind = ''] =
      /^ {2,6}(?:-(\w), )?--([\w-]+)(?: ([a-z0-9-]+))?(?: {2,}|$)/.exec(line) ?? [];
    return name === '' ? [] : [{ short, name, kind }];
  });

const known = (name: string): Flag | undefined => RUN_FLAGS.find((flag) => flag.name === name);

describe('the table of flags', () => {
  it('has every flag of docker run --help, with its short form and kind of value, and no other', () => {
    expect(HELP.length).toBeGreaterThan(100);
    const ours = HELP.map(({ name }) => known(name)).map((flag) => flag && [flag.name, flag.short, flag.takes]);
    const theirs = HELP.map(({ name, short, kind }) => [
      name,
      short,
      name === 'memory-swap' ? 'swap' : (KINDS[kind] ?? `unknown kind ${kind}`),
    ]);
    expect(ours).toEqual(theirs);
    expect(RUN_FLAGS.map(({ name }) => name).toSorted()).toEqual(
      [...HELP.map(({ name }) => name), ...HIDDEN].toSorted(),
    );
  });

  it('knows which of them may be given several times', () => {
    const lists = HELP.filter(({ kind }) => LISTS.includes(kind)).map(({ name }) => name);
    const ours = RUN_FLAGS.filter(({ isList }) => isList).map(({ name }) => name);
    expect(ours.toSorted()).toEqual([...lists, ...HIDDEN].toSorted());
  });

  it('has no name and no short form twice', () => {
    const forms = RUN_FLAGS.flatMap(({ name, short }) => [name, ...(short === undefined ? [] : [short])]);
    expect(new Set(forms).size).toBe(forms.length);
  });

  it('says of every flag without a field why, and what to do', () => {
    for (const { name, handling } of RUN_FLAGS) {
      if (!('effect' in handling)) continue;
      expect(handling.reason, name).toMatch(/^\S.{20,}[^.\s]$/);
    }
  });
});

/** A value that says something, by what a flag takes, and for those that take only some texts. */
const SAMPLES: Readonly<Record<Takes, string>> = {
  ...{
    nothing: 'true',
    text: 'some',
    integer: '7',
    natural: '7',
    cpus: '0.5',
    bytes: '64m',
    swap: '-1',
    duration: '7s',
  },
};
const OWN: Readonly<Record<string, string>> = {
  ...{
    publish: '80',
    expose: '80',
    link: 'db',
    pull: 'always',
    restart: 'always',
    user: 'me',
    workdir: '/w',
    volume: 'v1:/v',
  },
  ...{
    mount: 'source=v1,target=/v',
    'stop-signal': 'TERM',
    'shm-size': '1g',
    'memory-swap': '1g',
    'log-opt': 'max-size=5m',
  },
  ...{ 'disable-content-trust': 'false', detach: 'false', env: 'A=b', attach: 'stdout', 'detach-keys': 'ctrl-p' },
  ...{ sysctl: 'net.core.somaxconn=1024', ulimit: 'nofile=1024:2048', 'security-opt': 'apparmor=unconfined' },
  ...{ 'cap-add': 'CHOWN', 'cap-drop': 'CHOWN' },
  ...{ cgroupns: 'host', ipc: 'host', pid: 'host', userns: 'host', uts: 'host', isolation: 'process' },
  ...{ device: '/dev/snd', 'device-cgroup-rule': 'c 10:200 rwm', gpus: 'all', 'add-host': 'db:10.0.0.1' },
  ...{ dns: '1.1.1.1', ip: '10.0.0.2', ip6: '2001:db8::2', 'link-local-ip': '169.254.1.1', tmpfs: '/run:size=1m' },
  ...{ 'dns-search': 'example.com', 'mac-address': '92:d0:c6:0a:29:33', 'storage-opt': 'size=10G', platform: 'linux' },
  ...{ 'cpu-period': '50000', 'cpu-quota': '25000', 'cpuset-cpus': '0-1', 'cpuset-mems': '0', 'blkio-weight': '300' },
  ...{ 'blkio-weight-device': '/dev/sda:100', 'device-read-bps': '/dev/sda:1mb', 'device-write-bps': '/dev/sda:1mb' },
  ...{ 'device-read-iops': '/dev/sda:100', 'device-write-iops': '/dev/sda:100' },
};
/** What says something only together with another flag. */
const WITH: Readonly<Record<string, string>> = {
  ...{ 'memory-swap': '-m 64m', 'network-alias': '--network shop', 'net-alias': '--network shop' },
  ...Object.fromEntries(
    ['interval', 'timeout', 'retries', 'start-period', 'start-interval'].map((one) => [
      `health-${one}`,
      '--health-cmd true',
    ]),
  ),
};

describe('no flag is dropped in silence', () => {
  it.each(RUN_FLAGS.filter(({ name }) => name !== 'help').map((flag) => [flag.name, flag] as const))(
    '--%s',
    (name, flag) => {
      const value = OWN[name] ?? SAMPLES[flag.takes];
      const word = value.includes(' ') ? `'${value}'` : value;
      const without = readDockerRun(`docker run ${WITH[name] ?? ''} mysql`);
      const forms = [`--${name}=${word}`, ...(flag.short === undefined ? [] : [`-${flag.short}=${word}`])];
      if (flag.takes !== 'nothing') {
        forms.push(
          `--${name} ${word}`,
          ...(flag.short === undefined ? [] : [`-${flag.short} ${word}`, `-${flag.short}${word}`]),
        );
      }
      const read = forms.map((form) => readDockerRun(`docker run ${WITH[name] ?? ''} ${form} mysql`));
      for (const one of read) {
        if (!one.ok || !without.ok) throw new Error(JSON.stringify(one));
        const isTaken = JSON.stringify(one.input) !== JSON.stringify(without.input);
        const isTold = one.left.length === 1 && one.left[0]?.value === value;
        expect([isTaken, isTold].filter(Boolean), JSON.stringify(one)).toHaveLength(1);
        expect(!('effect' in flag.handling) || !isTaken).toBe(true);
      }
      expect(new Set(read.map((one) => JSON.stringify(one.ok && one.input))).size).toBe(1);
    },
  );
});
