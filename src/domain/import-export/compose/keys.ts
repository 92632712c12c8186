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

/** Whether all its texts are among these. */
const isOnly = (tree: Tree, texts: readonly string[]): boolean => {
  if (tree.kind === 'scalar') return texts.includes(tree.text);
  return tree.kind === 'list' ? tree.items.every((item) => isOnly(item, texts)) : tree.entries.size === 0;
};

const NO_LIMIT = 'a definition limits memory, CPUs and processes alone: use mem_limit, cpus and pids_limit';
const NO_CPU_SHARE = 'a definition limits CPUs by their number: write cpus, for instance cpus: 0.5';
const NO_DEVICES = 'containers get no devices of the host: run this one with the engine itself';
const NO_PRIVILEGES = 'containers get no more privileges than the engine gives to every one: take it out';
const NO_NAMESPACES = 'containers have namespaces of their own: take it out';
const NO_DNS = "containers have the engine's resolver: set it in the engine's configuration, or take it out";
const NO_ADDRESS = 'addresses are given by the engine: reach the container by its name';
const NO_MOUNT = 'only named volumes can be mounted: write NAME:/path';
const NO_SWARM = 'it is for Swarm: there is one engine, and one container to a service';
const NO_HOOK = "Berth runs no commands beside the container's own: put it into the image";
const NO_FILE = 'the file is on the machine where the Compose file is';
const NO_SECRETS = 'files are not handed to containers: put it into environment, into a volume, or into the image';
const WINDOWS = 'it is of Windows containers alone: take it out';
const USED_BY_SERVICES = 'what a service takes of it is told there';

/** Of the file itself. */
export const FILE_KEYS: Fates = {
  name: taken,
  services: taken,
  networks: taken,
  volumes: taken,
  version: ignored('it has no meaning any more: take it out'),
  configs: ignored(USED_BY_SERVICES),
  secrets: ignored(USED_BY_SERVICES),
  models: ignored(USED_BY_SERVICES),
  include: lacking('other files are not at hand here; send the output of docker compose config'),
  'x-berth': taken,
};

/** Of a service. */
export const SERVICE_KEYS: Fates = {
  image: taken,
  build: lacking(
    'images are not built here: docker compose build on the same engine makes it, and there it is found by the name in image, or as PROJECT-SERVICE',
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
  extends: lacking('other services and files are not put together here; send the output of docker compose config'),

  // Of whoever works with the file.
  attach: ignored('nothing is attached: the output is in GET /v1/containers/{name}/logs'),
  develop: ignored('files are not watched: it is for docker compose watch'),
  pull_refresh_after: ignored('images are pulled when a container is made: see pull_policy'),

  // The process.
  env_file: lacking(`${NO_FILE}: write its variables into environment, or send the output of docker compose config`),
  label_file: lacking(`${NO_FILE}: write its labels into labels`),
  stdin_open: lacking('nobody types into the container: give it a command that runs without input'),
  tty: lacking('containers have no terminal: give it a command that runs without one'),
  init: lacking('the command is process 1 itself: put an init such as tini into the image'),
  group_add: lacking("a process has its user's groups: write user: name:group"),
  sysctls: lacking("containers have the kernel's settings as the engine gives them: take it out"),
  ulimits: lacking("limits of single processes are the engine's: set default-ulimits in its configuration"),
  runtime: lacking("the engine's own runtime is used: take it out", 'runc', 'io.containerd.runc.v2'),
  platform: lacking("images are pulled for the engine's own platform: name one by its digest (NAME@sha256:…)"),
  annotations: lacking('a definition has labels: write labels'),
  read_only: lacking("a container's own file system can be written: take it out, or make the image so"),
  shm_size: lacking("/dev/shm has the engine's 64 MiB: take it out", '67108864', '64m', '64mb', '64M', '64MB'),
  oom_kill_disable: lacking(NO_LIMIT),
  oom_score_adj: lacking(NO_LIMIT, '0'),
  pre_start: lacking(NO_HOOK),
  post_start: lacking(NO_HOOK),
  pre_stop: lacking(NO_HOOK),
  provider: lacking('a service is a container, and this one is left out: run the provider by itself'),
  models: lacking('models are not run: give the address of one in environment'),

  // What it may.
  privileged: lacking(NO_PRIVILEGES),
  cap_add: lacking(NO_PRIVILEGES),
  cap_drop: lacking("a definition can't take capabilities away: run the process as another user (user)"),
  security_opt: lacking(
    'every container has no-new-privileges, and no other option: take it out',
    ...['no-new-privileges', 'no-new-privileges:true', 'no-new-privileges=true'],
  ),
  use_api_socket: lacking("the engine's socket is not given to containers: take it out"),
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
  extra_hosts: lacking('names come from links and networks: link to a container, or run a resolver that knows it'),
  dns: lacking(NO_DNS),
  dns_opt: lacking(NO_DNS),
  dns_search: lacking(NO_DNS),
  domainname: lacking('a definition has one host name: write the whole of it into hostname'),
  mac_address: lacking(NO_ADDRESS),

  // Files.
  tmpfs: lacking(NO_MOUNT),
  volumes_from: lacking('each service names its volumes: write volumes for each'),
  storage_opt: lacking(NO_MOUNT),
  configs: lacking(NO_SECRETS),
  secrets: lacking(NO_SECRETS),
  logging: taken,

  // Limits.
  mem_reservation: lacking(NO_LIMIT, '0'),
  mem_swappiness: lacking(NO_LIMIT, '-1'),
  memswap_limit: lacking('containers may swap as much as they have memory, as is usual: take it out', '0'),
  cpu_count: lacking(WINDOWS, '0'),
  cpu_percent: lacking(WINDOWS, '0'),
  cpu_shares: lacking(NO_CPU_SHARE, '0'),
  cpu_quota: lacking(NO_CPU_SHARE, '0'),
  cpu_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_period: lacking(NO_CPU_SHARE, '0'),
  cpu_rt_runtime: lacking(NO_CPU_SHARE, '0'),
  cpuset: lacking(NO_CPU_SHARE),
  blkio_config: lacking('a definition does not limit the use of single devices: take it out'),
};

/** Of a service's `deploy`. */
export const DEPLOY_KEYS: Fates = {
  replicas: taken,
  resources: taken,
  restart_policy: taken,
  mode: lacking(NO_SWARM, 'replicated'),
  endpoint_mode: ignored(NO_SWARM),
  labels: ignored('they are of the Swarm service: those of the container are in labels'),
  placement: ignored(NO_SWARM),
  update_config: ignored('replacements are made one at a time, and taken back if they fail'),
  rollback_config: ignored('replacements are made one at a time, and taken back if they fail'),
};

export const RESOURCES_KEYS: Fates = {
  limits: taken,
  reservations: taken,
};

export const LIMITS_KEYS: Fates = { memory: taken, cpus: taken, pids: taken };

export const RESERVATIONS_KEYS: Fates = {
  memory: lacking(NO_LIMIT),
  cpus: ignored('nothing is reserved where there is one engine: use limits'),
  generic_resources: ignored(NO_SWARM),
  devices: lacking(NO_DEVICES),
};

export const RESTART_POLICY_KEYS: Fates = {
  condition: taken,
  max_attempts: taken,
  delay: ignored('the engine waits longer before each restart'),
  window: ignored('the engine waits longer before each restart'),
};

/** Of a service's `logging`. */
export const LOGGING_KEYS: Fates = {
  driver: lacking(
    'the output is kept by the engine, where GET /v1/containers/{name}/logs reads it: take it out',
    ...['json-file', 'local'],
  ),
  options: ignored('the newest 30 MB of the output are kept, in three files'),
};

/** Of a port in its long form. */
export const PORT_KEYS: Fates = {
  target: taken,
  published: taken,
  host_ip: taken,
  protocol: taken,
  mode: ignored('there is one engine: the port is published on its host'),
  name: ignored('ports have no names here'),
  app_protocol: ignored('what is spoken on a port makes no difference here'),
};

/** Of one `depends_on`. */
export const DEPENDENCY_KEYS: Fates = { condition: taken, restart: taken, required: taken };

export const HEALTHCHECK_KEYS: Fates = {
  test: taken,
  interval: taken,
  timeout: taken,
  retries: taken,
  start_period: taken,
  disable: taken,
  start_interval: ignored('checks have one interval, at the start too'),
};

/** Of one network of a service. */
export const SERVICE_NETWORK_KEYS: Fates = {
  aliases: taken,
  priority: taken,
  gw_priority: taken,
  ipv4_address: lacking(NO_ADDRESS),
  ipv6_address: lacking(NO_ADDRESS),
  link_local_ips: lacking(NO_ADDRESS),
  mac_address: lacking(NO_ADDRESS),
  interface_name: lacking('the engine names the interfaces: take it out'),
  driver_opts: lacking("networks are the engine's bridges as they are: take it out"),
};

/** Of a network of the file. */
export const NETWORK_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("networks are the engine's bridges: take it out", 'bridge', 'default'),
  driver_opts: lacking("networks are the engine's bridges as they are: take it out"),
  ipam: lacking('addresses are given by the engine: take it out'),
  internal: lacking('networks reach what the host reaches: take it out'),
  enable_ipv4: lacking('networks have the addresses that the engine gives them: take it out', 'true'),
  enable_ipv6: lacking('networks have the addresses that the engine gives them: take it out'),
  attachable: ignored(NO_SWARM),
  labels: ignored("a network has Berth's labels alone"),
};

/** Of a volume of the file. */
export const VOLUME_KEYS: Fates = {
  name: taken,
  external: taken,
  driver: lacking("volumes are the engine's local ones: make this one beforehand, with this name", 'local'),
  driver_opts: lacking('volumes are made without options: make this one beforehand, with this name'),
  labels: ignored('a volume is made without labels'),
};

/** Of a volume of a service in its long form. */
export const MOUNT_KEYS: Fates = {
  type: taken,
  source: taken,
  target: taken,
  read_only: taken,
  volume: taken,
  consistency: ignored('it is of macOS alone'),
  bind: taken,
  tmpfs: taken,
  image: taken,
};

export const MOUNT_VOLUME_KEYS: Fates = {
  nocopy: lacking('a new volume is filled with what the image has there: take it out'),
  subpath: lacking('whole volumes are mounted: name a volume of its own'),
  labels: ignored('a volume is made without labels'),
};

/** Of `x-berth` in a service: what Compose has no words for. */
export const BERTH_KEYS: Fates = { links: taken, onLinkChange: taken, publishAll: taken, service: taken };

export const BERTH_LINK_KEYS: Fates = { alias: taken, env: taken };

/** Of the file's own `x-berth`. */
export const FILE_BERTH_KEYS: Fates = { set: taken };
