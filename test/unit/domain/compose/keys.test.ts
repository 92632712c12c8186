import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import * as file from '../../../../src/domain/import-export/compose/keys/file.js';
import * as health from '../../../../src/domain/import-export/compose/keys/health.js';
import * as limits from '../../../../src/domain/import-export/compose/keys/limits.js';
import * as network from '../../../../src/domain/import-export/compose/keys/network.js';
import * as service from '../../../../src/domain/import-export/compose/keys/service.js';
import * as storage from '../../../../src/domain/import-export/compose/keys/storage.js';

const keys = { ...file, ...service, ...health, ...limits, ...network, ...storage };

const TABLES = {
  'The file': keys.FILE_KEYS,
  'A service': keys.SERVICE_KEYS,
  '`healthcheck`': keys.HEALTHCHECK_KEYS,
  '`deploy`': keys.DEPLOY_KEYS,
  '`deploy.resources.reservations`': keys.RESERVATIONS_KEYS,
  '`deploy.restart_policy`': keys.RESTART_POLICY_KEYS,
  '`logging`': keys.LOGGING_KEYS,
  'A port': keys.PORT_KEYS,
  'A volume of a service': keys.MOUNT_KEYS,
  'Its `bind`': keys.MOUNT_BIND_KEYS,
  'Its `volume`': keys.MOUNT_VOLUME_KEYS,
  'A network of a service': keys.SERVICE_NETWORK_KEYS,
  'A network': keys.NETWORK_KEYS,
  'Its `ipam`': keys.IPAM_KEYS,
  'A subnet of `ipam`': keys.IPAM_CONFIG_KEYS,
  'A volume': keys.VOLUME_KEYS,
};

/** The tables of the document, by their headings. */
const documented = new Map(
  readFileSync('docs/compose.md', 'utf8')
    .split(/^### /m)
    .slice(1)
    .map((section): [string, readonly string[]] => {
      const [heading = '', ...lines] = section.split('\n');
      return [heading, lines.filter((line) => line.startsWith('| `'))];
    }),
);

test.each(Object.entries(TABLES))('docs/compose.md says what becomes of each key: %s', (heading, handlings) => {
  const rows = Object.entries(handlings).map(([key, handling]) => {
    const [becomes, reason] = handling.kind === 'left' ? [handling.effect, handling.reason] : [handling.kind, ''];
    return `| \`${key}\` | ${becomes} | ${reason} |`;
  });
  expect(documented.get(heading)).toEqual(rows);
});

test('docs/compose.md has no other tables', () => {
  expect([...documented.keys()]).toEqual(Object.keys(TABLES));
});

// compose-spec, `schema/compose-spec.json`, as of 2026: what a service may have.
const SPECIFIED =
  'annotations attach blkio_config build cap_add cap_drop cgroup cgroup_parent command configs container_name cpu_count ' +
  'cpu_percent cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares cpus cpuset credential_spec depends_on deploy ' +
  'develop device_cgroup_rules devices dns dns_opt dns_search domainname entrypoint env_file environment expose extends ' +
  'external_links extra_hosts gpus group_add healthcheck hostname image init ipc isolation label_file labels links logging ' +
  'mac_address mem_limit mem_reservation mem_swappiness memswap_limit models network_mode networks oom_kill_disable ' +
  'oom_score_adj pid pids_limit platform ports post_start pre_start pre_stop privileged profiles provider pull_policy ' +
  'pull_refresh_after read_only restart runtime scale secrets security_opt shm_size stdin_open stop_grace_period ' +
  'stop_signal storage_opt sysctls tmpfs tty ulimits use_api_socket user userns_mode uts volumes volumes_from working_dir';

test('every key that the specification has for a service is decided on', () => {
  const decided = Object.keys(keys.SERVICE_KEYS).filter((key) => key !== 'x-berth');
  expect(decided.sort()).toEqual(SPECIFIED.split(' ').sort());
});
