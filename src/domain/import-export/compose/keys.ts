/**
 * Every key of the Compose specification and what becomes of it. One table: the import reads it, and the documentation is
 * held to it. Rule: compose-spec, `schema/compose-spec.json`.
 */

import type { Fate } from './yaml/reading.js';
import type { Tree } from './yaml/tree.js';

type Fates = Readonly<Record<string, Fate>>;

const taken: Fate = { kind: 'taken' };
const ignored = (reason: string): Fate => ({ kind: 'left', effect: 'ignored', reason });
/** @param usual what every container has anyway */
const lacking = (reason: string, ...usual: readonly string[]): Fate => ({
  kind: 'left',
  effect: 'unsupported',
  reason,
  ...(usual.length > 0 && { usual: (tree: Tree) => isOnly(tree, ['', ...usual]) }),
});

/** True if all its texts are among these. */
const isOnly = (tree: Tree, texts: readonly string[]): boolean => {
  if (tree.kind === 'scalar') return texts.includes(tree.text);
  return tree.kind === 'list' ? tree.items.every((item) => isOnly(item, texts)) : tree.entries.size === 0;
};

const NO_LIMIT = 'definitions limit only memory, CPUs and processes: use mem_limit, cpus and pids_limit';
const NO_CPU_SHARE = 'definitions limit CPUs by number: write cpus, for example cpus: 0.5';
const NO_DEVICES = "containers can't use devices of the host: run this one on the engine without Berth";
const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";
const NO_DNS = "containers use the engine's DNS resolver: configure it on the engine, or remove this";
const NO_ADDRESS = 'the engine assigns addresses: reach the container by its name';
const NO_MOUNT = 'only named volumes can be mounted: write NAME:/path';
const NO_SWARM = 'it is for Swarm; here there is one engine and one container per service';
const NO_HOOK = "Berth runs no commands besides the container's own: put it into the image";
const NO_FILE = 'the file is on the machine that has the Compose file';
const NO_SECRETS = "files can't be passed to containers: use environment, a volume or the image";
const WINDOWS = 'it is for Windows containers only: remove it';
const USED_BY_SERVICES = 'the services that use it report the effect';

/** Keys of the file itself. */
export const FILE_KEYS: Fates = {
  name: taken,
  services: taken,
  networks: taken,
  volumes: taken,
  version: ignored('it is obsolete: remove it'),
  configs: ignored(USED_BY_SERVICES),
  secrets: ignored(USED_BY_SERVICES),
  models: ignored(USED_BY_SERVICES),
  include: lacking("other files can't be read here: send the output of docker compose config"),
  'x-berth': taken,
};

/** Keys of a service. */
export const SERVICE_KEYS: Fates = {
  image: taken,
  build: lacking(
    "images can't be built here: run docker compose build on the same engine; Berth finds the result by the name in image, or as PROJECT-SERVICE",
  ),
  command: taken,
  entrypoint: taken,
  environment: taken,
  working_dir: taken,
  user: taken,
  hostname: taken,
  container_name: taken,
  expose: taken,
  ports: taken,
  links: taken,
  external_links: taken,
  depends_on: taken,
  networks: taken,
  network_mode: taken,
  volumes: taken,
  labels: taken,
  healthcheck: taken,
  restart: taken,
  mem_limit: taken,
  cpus: taken,
  pids_limit: taken,
  pull_policy: taken,
  stop_signal: taken,
  stop_grace_period: taken,
  profiles: taken,
  scale: taken,
  deploy: taken,
  'x-berth': taken,
  extends: lacking("extends can't be resolved here: send the output of docker compose config"),

  // Of whoever works with the file.
  attach: ignored('Berth attaches no terminal: read the output at GET /v1/containers/{name}/logs'),
  develop: ignored('Berth watches no files: it is for docker compose watch'),
  pull_refresh_after: ignored('images are pulled when a container is created: see pull_policy'),

  // The process.
  env_file: lacking(`${NO_FILE}: write its variables into environment, or send the output of docker compose config`),
  label_file: lacking(`${NO_FILE}: write its labels into labels`),
  stdin_open: lacking('containers get no input: use a command that runs without it'),
  tty: lacking('containers have no terminal: use a command that runs without one'),
  init: lacking('the command itself is process 1: put an init such as tini into the image'),
  group_add: lacking('a process has the groups of its user: write user: name:group'),
  sysctls: lacking("containers use the engine's kernel settings: remove it"),
  ulimits: lacking('process limits are set on the engine: set default-ulimits in its configuration'),
  runtime: lacking("containers use the engine's default runtime: remove it", 'runc', 'io.containerd.runc.v2'),
  platform: lacking("images are pulled for the engine's platform: name the image by its digest (NAME@sha256:…)"),
  annotations: lacking('definitions have labels only: write labels'),
  read_only: lacking("the container's root file system is always writable: remove it, or make the image read-only"),
  shm_size: lacking(
    "/dev/shm always has the engine's default of 64 MiB: remove it",
    '67108864',
    '64m',
    '64mb',
    '64M',
    '64MB',
  ),
  oom_kill_disable: lacking(NO_LIMIT),
  oom_score_adj: lacking(NO_LIMIT, '0'),
  pre_start: lacking(NO_HOOK),
  post_start: lacking(NO_HOOK),
  pre_stop: lacking(NO_HOOK),
  provider: lacking('a provider service is not a container, so it is not imported: run the provider yourself'),
  models: lacking('Berth runs no models: pass the address of a model in environment'),

  // What it may.
  privileged: lacking(NO_PRIVILEGES),
  cap_add: lacking(NO_PRIVILEGES),
  cap_drop: lacking("definitions can't drop capabilities: run the process as another user (user)"),
  security_opt: lacking(
    'every container has no-new-privileges and no other option: remove it',
    ...['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'],
  ),
  use_api_socket: lacking("containers don't get the engine's socket: remove it"),
  cgroup: lacking(NO_NAMESPACES, 'private'),
  cgroup_parent: lacking(NO_NAMESPACES),
  ipc: lacking(NO_NAMESPACES, 'private', 'shareable'),
  pid: lacking(NO_NAMESPACES),
  userns_mode: lacking(NO_NAMESPACES),
  uts: lacking(NO_NAMESPACES),
  isolation: lacking(WINDOWS, 'default'),
  credential_spec: lacking(WINDOWS),
  devices: lacking(NO_DEVICES),
  device_cgroup_rules: lacking(NO_DEVICES),
  gpus: lacking(NO_DEVICES),

  // The network.
  extra_hosts: lacking(
    'host names come from links and networks: link to a container, or run a resolver that knows the name',
  ),
  dns: lacking(NO_DNS),
  dns_opt: lacking(NO_DNS),
  dns_search: lacking(NO_DNS),
  domainname: lacking('definitions have a single host name: write the full name into hostname'),
  mac_address: lacking(NO_ADDRESS),

  // Files.
  tmpfs: lacking(NO_MOUNT),
  volumes_from: lacking('each service lists its own volumes: write volumes for each'),
  storage_opt: lacking(NO_MOUNT),
  configs: lacking(NO_SECRETS),
  secrets: lacking(NO_SECRETS),
  logging: taken,

  // Limits.
  mem_reservation: lacking(NO_LIMIT, '0'),
  mem_swappiness: lacking(NO_LIMIT, '-1'),
  memswap_limit: lacking('containers may swap as much as their memory limit, the default: remove it', '0'),
  cpu_count: lacking(WINDOWS, '0'),
  cpu_percent: lacking(WINDOWS, '0'),
  cpu_shares: lacking(NO_CPU_SHARE, '0'),
  cpu_quota: lacking(NO_CPU_SHARE, '0'),
  cpu_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_runtime: lacking(NO_CPU_SHARE, '0'),
  cpuset: lacking(NO_CPU_SHARE),
  blkio_config: lacking("definitions don't limit the use of single devices: remove it"),
};

/** Keys of a service's `deploy`. */
export const DEPLOY_KEYS: Fates = {
  replicas: taken,
  resources: taken,
  restart_policy: taken,
  mode: lacking(NO_SWARM, 'replicated'),
  endpoint_mode: ignored(NO_SWARM),
  labels: ignored('these labels are for the Swarm service; write those of the container into labels'),
  placement: ignored(NO_SWARM),
  update_config: ignored('Berth replaces one container at a time and rolls back if that fails'),
  rollback_config: ignored('Berth replaces one container at a time and rolls back if that fails'),
};

export const RESOURCES_KEYS: Fates = {
  limits: taken,
  reservations: taken,
};

export const LIMITS_KEYS: Fates = { memory: taken, cpus: taken, pids: taken };

export const RESERVATIONS_KEYS: Fates = {
  memory: lacking(NO_LIMIT),
  cpus: ignored('with a single engine nothing is reserved: use limits'),
  generic_resources: ignored(NO_SWARM),
  devices: lacking(NO_DEVICES),
};

export const RESTART_POLICY_KEYS: Fates = {
  condition: taken,
  max_attempts: taken,
  delay: ignored('the engine waits longer before each restart'),
  window: ignored('the engine waits longer before each restart'),
};

/** Keys of a service's `logging`. */
export const LOGGING_KEYS: Fates = {
  driver: lacking(
    'the engine keeps the output for GET /v1/containers/{name}/logs: remove it',
    ...['json-file', 'local'],
  ),
  options: ignored('the newest 30 MB of output are kept, in three files'),
};

/** Keys of a port in its long form. */
export const PORT_KEYS: Fates = {
  target: taken,
  published: taken,
  host_ip: taken,
  protocol: taken,
  mode: ignored('there is one engine: the port is published on its host'),
  name: ignored('ports have no names here'),
  app_protocol: ignored('the application protocol of a port has no effect here'),
};

/** Keys of one `depends_on`. */
export const DEPENDENCY_KEYS: Fates = { condition: taken, restart: taken, required: taken };

export const HEALTHCHECK_KEYS: Fates = {
  test: taken,
  interval: taken,
  timeout: taken,
  retries: taken,
  start_period: taken,
  disable: taken,
  start_interval: ignored('health checks have one interval, also during the start'),
};

/** Keys of one network of a service. */
export const SERVICE_NETWORK_KEYS: Fates = {
  aliases: taken,
  priority: taken,
  gw_priority: taken,
  ipv4_address: lacking(NO_ADDRESS),
  ipv6_address: lacking(NO_ADDRESS),
  link_local_ips: lacking(NO_ADDRESS),
  mac_address: lacking(NO_ADDRESS),
  interface_name: lacking('the engine names the interfaces: remove it'),
  driver_opts: lacking("networks use the engine's default settings: remove it"),
};

/** Keys of a network of the file. */
export const NETWORK_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("networks use the engine's bridge driver: remove it", 'bridge', 'default'),
  driver_opts: lacking("networks use the engine's default settings: remove it"),
  ipam: lacking('the engine assigns addresses: remove it'),
  internal: lacking('networks can reach whatever the host reaches: remove it'),
  enable_ipv4: lacking('the engine assigns the addresses of networks: remove it', 'true'),
  enable_ipv6: lacking('the engine assigns the addresses of networks: remove it'),
  attachable: ignored(NO_SWARM),
  labels: ignored("networks have only Berth's labels"),
};

/** Keys of a volume of the file. */
export const VOLUME_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("volumes use the engine's local driver: create this one beforehand under this name", 'local'),
  driver_opts: lacking('volumes are created without options: create this one beforehand under this name'),
  labels: ignored('volumes are created without labels'),
};

/** Keys of a volume of a service in its long form. */
export const MOUNT_KEYS: Fates = {
  type: taken,
  source: taken,
  target: taken,
  read_only: taken,
  volume: taken,
  consistency: ignored('it is for macOS only'),
  bind: taken,
  tmpfs: taken,
  image: taken,
};

export const MOUNT_VOLUME_KEYS: Fates = {
  nocopy: lacking("a new volume is filled with the image's files at that path: remove it"),
  subpath: lacking('volumes are mounted as a whole: use a separate volume'),
  labels: ignored('volumes are created without labels'),
};

/** Keys of `x-berth` in a service, for settings that Compose lacks. */
export const BERTH_KEYS: Fates = { links: taken, onLinkChange: taken, publishAll: taken, service: taken };

export const BERTH_LINK_KEYS: Fates = { alias: taken, env: taken };

/** Keys of the file's own `x-berth`. */
export const FILE_BERTH_KEYS: Fates = { set: taken };
