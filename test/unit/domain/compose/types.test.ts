/** Values that Docker Compose refuses, in keys that a definition takes and in those that it doesn't. */

import { describe, expect, it } from 'vitest';
import { importCompose } from '../../../../src/domain/import-export/compose/import.js';

const faultsOf = (compose: string): readonly string[] => {
  const result = importCompose({ compose, project: 'p' });
  return result.ok ? [] : result.faults.map(({ message }) => message);
};

const service = (keys: string): string => `services: { s: { image: x, ${keys} }, t: { image: x } }\n`;

/** Each was tried with docker compose config, which refuses it too. */
describe('Docker Compose and Berth refuse', () => {
  it.each([
    ['cap_add: SYS_ADMIN', '/services/s/cap_add: must be a list'],
    ['cap_add: [1]', '/services/s/cap_add/0: must be a string'],
    ['environment: ', '/services/s/environment: is empty; give it a value, or remove it'],
    ['security_opt: [a=b, a=b]', '/services/s/security_opt: has a duplicate entry; remove one'],
    ['privileged: x', '/services/s/privileged: "x" is not a boolean; write true or false'],
    ['cgroup: x', '/services/s/cgroup: x is not one of host, private'],
    ['shm_size: x', '/services/s/shm_size: "x" is not a size'],
    ['dns: { a: x }', '/services/s/dns: must be a string or a list'],
    ['devices: ["a:b:c:d"]', '/services/s/devices/0: a:b:c:d is not a value that Docker Compose accepts here'],
    ['ulimits: { nofile: { hard: 1 } }', '/services/s/ulimits/nofile: soft is missing'],
    ['extra_hosts: [a]', '/services/s/extra_hosts/0: a is not a value that Docker Compose accepts here'],
    ['oom_score_adj: 1001', '/services/s/oom_score_adj: 1001 is not a value that Docker Compose accepts here'],
    ['logging: { options: x }', '/services/s/logging/options: must be a map'],
    ['deploy: { update_config: { order: x } }', 'order: x is not one of start-first, stop-first'],
    ['deploy: { placement: { constraints: x } }', '/services/s/deploy/placement/constraints: must be a list'],
    ['healthcheck: { test: a, interval: }', '/services/s/healthcheck/interval: is empty'],
    ['develop: { watch: [{ path: a }] }', '/services/s/develop/watch/0: action is missing'],
    ['develop: { watch: [{ path: a, action: sync }] }', 'target is missing'],
    ['build: { context: ., args: x }', '/services/s/build/args: must be a map or a list'],
    ['build: { context: ., dockerfile: a, dockerfile_inline: b }', "can't be combined with dockerfile"],
    ['build: { context: ., secrets: [a] }', 'there is no secret "a" in the file'],
    ['volumes_from: [u]', 'there is no service "u" in the file'],
    ['ipc: "service:u"', 'there is no service "u" in the file'],
    ['network_mode: "service:u"', 'there is no service "u" in the file'],
    ['extends: u', 'there is no service "u" in the file'],
    ['extends: s', 'extends itself'],
    ['depends_on: { t: }', '/services/s/depends_on/t: is empty'],
    ['mem_limit: 10m, deploy: { resources: { limits: { cpus: 1 } } }', 'deploy has limits without memory'],
    ['mem_reservation: 10m, deploy: { resources: { reservations: { memory: 20m } } }', 'write the same value in both'],
    [
      'deploy: { resources: { reservations: { devices: [{ capabilities: [gpu], count: 1, device_ids: [a] }] } } }',
      "count and device_ids can't be combined",
    ],
  ])('%s', (keys, fault) => {
    expect(faultsOf(service(keys))).toEqual([expect.stringContaining(fault)]);
  });

  it.each([
    ['networks: { n: { driver: 1 } }', '/networks/n/driver: must be a string'],
    ['networks: { n: { ipam: { config: [{ subnet: 1 }] } } }', '/networks/n/ipam/config/0/subnet: must be a string'],
    ['volumes: { v: { labels: [1] } }', '/volumes/v/labels/0: must be a string'],
    ['secrets: { v: { file: 1 } }', '/secrets/v/file: must be a string'],
    ['volumes: ', '/volumes: is empty'],
    ['version: 3', '/version: must be a string'],
  ])('%s in a file', (keys, fault) => {
    expect(faultsOf(`${service('init: true')}${keys}\n`)).toEqual([expect.stringContaining(fault)]);
  });
});

/** Each was tried with docker compose config, which takes it too. */
describe('Docker Compose and Berth take', () => {
  it.each([
    ['cap_add: [CHOWN, CHOWN]'],
    ['command: '],
    ['deploy: '],
    ['privileged: "yes"'],
    ['environment: { A: , B: 1, C: true }'],
    ['cpu_shares: "1"'],
    ['group_add: [1, "2"]'],
    ['ulimits: { nofile: 1, core: { soft: 0, hard: 0 } }'],
    ['volumes_from: [t, "container:other"]'],
    ['networks: { default: }'],
    ['ports: [80, "81", { target: "82" }]'],
    ['x-other: '],
  ])('%s', (keys) => {
    expect(faultsOf(service(keys))).toEqual([]);
  });
});
