import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { DEFAULT_POLICY, type Policy } from '../../../src/domain/access/policy.js';
import { readPolicy } from '../../../src/domain/access/policy-file.js';

const read = (written: unknown) => readPolicy(typeof written === 'string' ? written : JSON.stringify(written));

const policyOf = (written: unknown): Policy => {
  const reading = read(written);
  if (!reading.ok) throw new Error(JSON.stringify(reading.faults));
  return reading.policy;
};

const faultsOf = (written: unknown): readonly string[] => {
  const reading = read(written);
  return reading.ok ? [] : reading.faults.map(({ pointer, message }) => `${pointer} ${message}`);
};

describe('a policy', () => {
  test.each<[unknown, Partial<Policy>]>([
    [{}, {}],
    [{ publish: 'any', images: { registries: 'any' }, hostPaths: [], linkEnv: 'all' }, {}],
    [{ images: {} }, {}],
    [{ projectDirectory: '/srv/apps' }, { projectDirectory: '/srv/apps' }],
    [{ projectDirectory: null }, {}],
    [
      { publish: 'loopback', linkEnv: 'address' },
      { publish: 'loopback', linkEnv: 'address' },
    ],
    [
      { publish: ['10.0.0.5', 'FD00::0001', '::ffff:10.0.0.6', '::'] },
      { publish: ['10.0.0.5', 'fd00::1', '10.0.0.6', '::'] },
    ],
    [
      { images: { registries: ['any', 'index.docker.io', 'R.Example.com:05000', '[0::1]:5000', '127.1:5000'] } },
      { images: { registries: ['any', 'docker.io', 'r.example.com:5000', '[::1]:5000', '127.0.0.1:5000'] } },
    ],
    [
      { hostPaths: ['/srv/data', '/', '/srv/apps/**', '/**'] },
      { hostPaths: ['/srv/data', '/', '/srv/apps/**', '/**'] },
    ],
    [{ capabilities: ['cap_net_raw', 'ALL'] }, { capabilities: ['NET_RAW', 'ALL'] }],
    [
      { sharedMounts: true, volumeDrivers: ['local:nfs', 'rexray/ebs'] },
      { sharedMounts: true, volumeDrivers: ['local:nfs', 'rexray/ebs'] },
    ],
    [
      { logDrivers: ['syslog', 'grafana/loki-docker-driver:3.3'] },
      { logDrivers: ['syslog', 'grafana/loki-docker-driver:3.3'] },
    ],
    [{ runtimes: ['nvidia', 'io.containerd.runsc.v1'] }, { runtimes: ['nvidia', 'io.containerd.runsc.v1'] }],
    [{ devices: ['/dev/snd', 'c 10:* rwm'] }, { devices: ['/dev/snd', 'c 10:* rwm'] }],
    [
      { hostNamespaces: ['pid', 'ipc'], oomScoreAdj: -500 },
      { hostNamespaces: ['pid', 'ipc'], oomScoreAdj: -500 },
    ],
    [
      { privileged: true, unlimitedPids: true, sysctls: ['vm.max_map_count'] },
      { privileged: true, unlimitedPids: true, sysctls: ['vm.max_map_count'] },
    ],
    [
      { securityOptions: ['no-new-privileges:false', 'label:disable'], deviceRequests: ['gpu', 'nvidia.com/gpu=all'] },
      { securityOptions: ['no-new-privileges=false', 'label=disable'], deviceRequests: ['gpu', 'nvidia.com/gpu=all'] },
    ],
  ])('%j is read', (written, expected) => {
    expect(policyOf(written)).toEqual({ ...DEFAULT_POLICY, ...expected });
  });

  test.each<[unknown, readonly (string | RegExp)[]]>([
    ['{', [/^ is not JSON: /]],
    ['', [/^ is not JSON: /]],
    ['null', [' must be a JSON object']],
    ['[]', [' must be a JSON object']],
    [{ publsh: 'any' }, ['/publsh is not a policy key; did you mean publish?']],
    [{ hostpaths: [] }, ['/hostpaths is not a policy key; did you mean hostPaths?']],
    [
      { volumeSize: true },
      [
        /^\/volumeSize is not a policy key; write publish, images, hostPaths, sharedMounts, volumeDrivers, projectDirectory, linkEnv, logDrivers, capabilities, .* and \d+ more$/,
      ],
    ],
    ['{ "__proto__": {} }', [/^\/__proto__ is not a policy key/]],
    [{ images: { registry: [] } }, ['/images/registry is not a policy key; did you mean registries?']],
    [{ images: ['docker.io'] }, ['/images must be an object such as { "registries": ["docker.io"] }']],
    [{ images: { registries: 'docker.io' } }, ['/images/registries must be "any" or a list of registries']],
    [
      { images: { registries: ['foo', 'https://r.example.com', 'r.example.com/team', '', 5, '*.example.com'] } },
      [0, 1, 2, 3, 4, 5].map(
        (index) => new RegExp(`^/images/registries/${index} (must be a string|.* is not a registry; )`),
      ),
    ],
    [{ publish: 'localhost' }, ['/publish "localhost" is not valid; write "any", "loopback" or a list of addresses']],
    [{ publish: null }, ['/publish must be "any", "loopback" or a list of addresses']],
    [
      { publish: ['loopback', '10.0.0.0/8', '[::1]'] },
      [0, 1, 2].map((index) => new RegExp(`^/publish/${index} .* is not an IP address`)),
    ],
    [{ hostPaths: '/srv' }, ['/hostPaths must be a list of strings']],
    [
      {
        hostPaths: [
          ...['srv', '/srv/', '/srv//a', '/srv/../a', '/srv/.', '~/a', '', '/a\0', 1],
          ...['/srv/*', '/srv/**/a', '/srv/a*', '**', '/srv/***', '/srv/../**', '/srv//**'],
        ],
      },
      Array.from({ length: 16 }, (_, index) => index).map((index) => new RegExp(`^/hostPaths/${index} `)),
    ],
    ...['srv', '/srv/', '/srv/../a', '', 1, '/a\0'].map((projectDirectory): [unknown, readonly RegExp[]] => [
      { projectDirectory },
      [/^\/projectDirectory must be null or an absolute path/],
    ]),
    [{ capabilities: ['NET', 'cap_net_raw', 1] }, [/^\/capabilities\/0 /, /^\/capabilities\/2 /]],
    [{ devices: ['snd', '/dev/../etc', 'c 1:2'] }, [0, 1, 2].map((index) => new RegExp(`^/devices/${index} `))],
    [{ sharedMounts: 'yes' }, ['/sharedMounts must be true or false']],
    [{ volumeDrivers: ['a b'] }, [/^\/volumeDrivers\/0 "a b" is not a volume driver/]],
    [{ logDrivers: [''] }, ['/logDrivers/0 "" is not a log driver; write for example syslog']],
    [
      { hostNamespaces: ['net'] },
      ['/hostNamespaces/0 "net" is not a namespace; write pid, ipc, uts, userns and network'],
    ],
    [{ oomScoreAdj: 1 }, ['/oomScoreAdj must be a whole number from -1000 to 0']],
    [{ oomScoreAdj: '0' }, ['/oomScoreAdj must be a whole number from -1000 to 0']],
    [
      { privileged: 'yes', unlimitedPids: 1 },
      ['/privileged must be true or false', '/unlimitedPids must be true or false'],
    ],
    [{ securityOptions: ['seccomp', 'x=y'] }, [/^\/securityOptions\/0 /, /^\/securityOptions\/1 /]],
    [{ sysctls: ['vm/x', ''] }, [/^\/sysctls\/0 /, /^\/sysctls\/1 /]],
    [{ deviceRequests: ['a b', 5] }, [/^\/deviceRequests\/0 /, /^\/deviceRequests\/1 /]],
    [
      { runtimes: ['/usr/bin/runsc', '', 'runc', 5] },
      [/^\/runtimes\/0 /, /^\/runtimes\/1 /, /^\/runtimes\/2 .*needs no entry/, /^\/runtimes\/3 /],
    ],
    [{ linkEnv: 'none' }, ['/linkEnv must be "all" or "address"']],
    [{ linkenv: 'all', publish: 1 }, [/^\/linkenv /, /^\/publish /]],
  ])('%j is refused', (written, faults) => {
    const found = faultsOf(written);
    expect(found).toEqual(faults.map((fault) => (typeof fault === 'string' ? fault : expect.stringMatching(fault))));
  });
});

describe('the policies to begin with', () => {
  const files = readdirSync('deploy').filter((file) => /^policy-.*\.json$/.test(file));
  it('are three', () => expect(files).toHaveLength(3));
  it.each(files)('%s can be used, and docs/policy.md leads to it', (file) => {
    expect(faultsOf(readFileSync(`deploy/${file}`, 'utf8'))).toEqual([]);
    expect(readFileSync('docs/policy.md', 'utf8')).toContain(`(../deploy/${file})`);
  });
  it('and the one in docs/policy.md', () => {
    const [, written = ''] = /```json\n(.*?)```/s.exec(readFileSync('docs/policy.md', 'utf8')) ?? [];
    expect(faultsOf(written)).toEqual([]);
  });
});
