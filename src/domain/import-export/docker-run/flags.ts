/** Every flag of `docker run`, `docker create` and `docker` itself, and what becomes of it. Data only. */

/**
 * Type of a flag's value; values that Docker's command line would refuse are refused. `nothing`: a switch, with or
 * without `=true`.
 */
export type Takes = 'nothing' | 'text' | 'integer' | 'natural' | 'cpus' | 'bytes' | 'swap' | 'duration';

/** Part of a definition that a flag sets. */
export type Field =
  | ('name' | 'entrypoint' | 'env' | 'workingDir' | 'user' | 'hostname' | 'label' | 'pull' | 'restart' | 'remove')
  | ('publish' | 'publishAll' | 'expose' | 'link' | 'network' | 'networkAlias' | 'volume' | 'mount' | 'detach' | 'help')
  | ('healthCommand' | 'healthInterval' | 'healthTimeout' | 'healthRetries' | 'healthStartPeriod' | 'noHealthcheck')
  | ('memory' | 'memorySwap' | 'cpus' | 'pids' | 'stopSignal' | 'stopTimeout');

/** Reason why a flag has no field, and what to do instead. */
export interface Left {
  readonly effect: 'ignored' | 'unsupported';
  readonly reason: string;
  /**
   * Values that say what every container here has anyway, and so are kept. By default those that stand for "not set": the
   * empty text, and of what is no text 0 and false.
   */
  readonly usual?: readonly string[];
  /** Values that make no difference to what is kept running, where others do. */
  readonly harmless?: readonly string[];
}

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly takes: Takes;
  /** True if each time counts. Otherwise the last one does. */
  readonly isList?: boolean;
  /** Not of `docker create`. */
  readonly isOfRun?: boolean;
  readonly fate: { readonly field: Field } | Left;
}

type Options = Omit<Flag, 'name' | 'takes' | 'fate'>;

const list: Options = { isList: true };

const becomes = (name: string, takes: Takes, field: Field, options: Options = {}): Flag => ({
  name,
  takes,
  ...options,
  fate: { field },
});

const ignored = (name: string, takes: Takes, reason: string, options: Options = {}): Flag => ({
  name,
  takes,
  ...options,
  fate: { effect: 'ignored', reason },
});

const lacking = (
  name: string,
  takes: Takes,
  reason: string,
  { usual, harmless, ...options }: Options & Pick<Left, 'usual' | 'harmless'> = {},
): Flag => ({
  name,
  takes,
  ...options,
  fate: { effect: 'unsupported', reason, ...(usual && { usual }), ...(harmless && { harmless }) },
});

const NO_LIMIT = 'definitions limit only memory, CPUs and processes: use --memory, --cpus and --pids-limit';
const NO_DEVICE_LIMIT = "definitions don't limit the use of single devices: remove it";
const NO_CPU_SHARE = 'definitions limit CPUs by number: write --cpus, for example --cpus 0.5';
const NO_CPU_CHOICE = 'the engine schedules the CPUs: write --cpus for their number';
const NO_DEVICES = "containers can't use devices of the host: run this one on the engine without Berth";
const NO_PRIVILEGES = "containers can't get additional privileges: remove it";
const NO_NAMESPACES = "containers can't share namespaces: remove it";
const NO_DNS = "containers use the engine's DNS resolver: configure it on the engine, or remove this";
const NO_ADDRESS = 'the engine assigns addresses: reach the container by its name, through a link or its network';
const NO_MOUNT = 'only named volumes can be mounted: write -v NAME:/path';
const ONE_ENGINE = 'the container runs on the engine of this Berth, whichever engine the command names: remove it';
const WINDOWS = 'it is for Windows containers only: remove it';
const CLIENT_FILE = 'the file is on the machine where the command is typed';
const ATTACHED = 'Berth attaches no terminal: read the output at GET /v1/containers/{name}/logs';

/** The flags of `docker run`, as of Docker 28, those that its help hides included. */
export const RUN_FLAGS: readonly Flag[] = [
  becomes('name', 'text', 'name'),
  becomes('detach', 'nothing', 'detach', { short: 'd', isOfRun: true }),
  becomes('entrypoint', 'text', 'entrypoint'),
  becomes('env', 'text', 'env', { short: 'e', isList: true }),
  becomes('workdir', 'text', 'workingDir', { short: 'w' }),
  becomes('user', 'text', 'user', { short: 'u' }),
  becomes('hostname', 'text', 'hostname', { short: 'h' }),
  becomes('label', 'text', 'label', { short: 'l', isList: true }),
  becomes('pull', 'text', 'pull'),
  becomes('restart', 'text', 'restart'),
  becomes('rm', 'nothing', 'remove'),
  becomes('publish', 'text', 'publish', { short: 'p', isList: true }),
  becomes('publish-all', 'nothing', 'publishAll', { short: 'P' }),
  becomes('expose', 'text', 'expose', list),
  becomes('link', 'text', 'link', list),
  becomes('network', 'text', 'network', list),
  becomes('net', 'text', 'network', list),
  becomes('network-alias', 'text', 'networkAlias', list),
  becomes('net-alias', 'text', 'networkAlias', list),
  becomes('volume', 'text', 'volume', { short: 'v', isList: true }),
  becomes('mount', 'text', 'mount', list),
  becomes('health-cmd', 'text', 'healthCommand'),
  becomes('health-interval', 'duration', 'healthInterval'),
  becomes('health-timeout', 'duration', 'healthTimeout'),
  becomes('health-retries', 'integer', 'healthRetries'),
  becomes('health-start-period', 'duration', 'healthStartPeriod'),
  becomes('no-healthcheck', 'nothing', 'noHealthcheck'),
  becomes('memory', 'bytes', 'memory', { short: 'm' }),
  becomes('memory-swap', 'swap', 'memorySwap'),
  becomes('cpus', 'cpus', 'cpus'),
  becomes('pids-limit', 'integer', 'pids'),
  becomes('stop-signal', 'text', 'stopSignal'),
  becomes('stop-timeout', 'integer', 'stopTimeout'),
  becomes('help', 'nothing', 'help'),

  // Of the client that types the line.
  ignored('attach', 'text', ATTACHED, { short: 'a', isList: true }),
  ignored('cidfile', 'text', "no file is written: the id is in the definition's status, as status.container.id"),
  ignored('detach-keys', 'text', ATTACHED, { isOfRun: true }),
  ignored('quiet', 'nothing', 'pulls print nothing here', { short: 'q' }),
  ignored('sig-proxy', 'nothing', ATTACHED, { isOfRun: true }),
  lacking(
    'disable-content-trust',
    'nothing',
    'signatures are not verified: name the image by its digest (NAME@sha256:…)',
    {
      usual: ['true'],
    },
  ),
  lacking(
    'interactive',
    'nothing',
    'containers get no input: use a command that runs without it; a shell alone would exit at once',
    { short: 'i' },
  ),
  lacking(
    'tty',
    'nothing',
    'containers have no terminal: use a command that runs without one; a shell alone would exit at once',
    { short: 't' },
  ),
  lacking('env-file', 'text', `${CLIENT_FILE}: write its variables as -e NAME=value`, list),
  lacking('label-file', 'text', `${CLIENT_FILE}: write its labels as --label key=value`, list),

  // The process.
  lacking('init', 'nothing', 'the command itself is process 1: put an init such as tini into the image'),
  lacking('health-start-interval', 'duration', 'health checks have one interval: write --health-interval'),
  lacking('group-add', 'text', 'a process has the groups of its user: write --user NAME:GROUP', list),
  lacking('sysctl', 'text', "containers use the engine's kernel settings: remove it", list),
  lacking('ulimit', 'text', 'process limits are set on the engine: set default-ulimits in its configuration', list),
  lacking('runtime', 'text', "containers use the engine's default runtime: remove it", {
    usual: ['', 'runc', 'io.containerd.runc.v2'],
  }),
  lacking(
    'platform',
    'text',
    "images are pulled for the engine's platform: name the image by its digest (NAME@sha256:…)",
  ),
  lacking('annotation', 'text', 'definitions have labels only: write --label key=value', list),
  lacking(
    'read-only',
    'nothing',
    "the container's root file system is always writable: run the process as a user without write access (--user)",
  ),
  lacking('shm-size', 'bytes', "/dev/shm always has the engine's default of 64 MiB: remove it", {
    usual: ['0', '67108864'],
  }),
  lacking('oom-kill-disable', 'nothing', NO_LIMIT),
  lacking('oom-score-adj', 'integer', NO_LIMIT),

  // What it may.
  lacking('privileged', 'nothing', NO_PRIVILEGES),
  lacking('cap-add', 'text', NO_PRIVILEGES, list),
  lacking('cap-drop', 'text', "definitions can't drop capabilities: run the process as another user (--user)", list),
  lacking('security-opt', 'text', 'every container has no-new-privileges and no other option: remove it', {
    isList: true,
    usual: ['no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true'],
  }),
  lacking('use-api-socket', 'nothing', "containers don't get the engine's socket: remove it"),
  lacking('cgroupns', 'text', NO_NAMESPACES, { harmless: ['private'] }),
  lacking('cgroup-parent', 'text', 'the engine has one control group for its containers: remove it'),
  lacking('ipc', 'text', NO_NAMESPACES, { usual: ['', 'private'], harmless: ['shareable'] }),
  lacking('pid', 'text', NO_NAMESPACES),
  lacking('userns', 'text', NO_NAMESPACES),
  lacking('uts', 'text', NO_NAMESPACES),
  lacking('isolation', 'text', WINDOWS, { usual: ['', 'default'] }),
  lacking('device', 'text', NO_DEVICES, list),
  lacking('device-cgroup-rule', 'text', NO_DEVICES, list),
  lacking('gpus', 'text', NO_DEVICES, list),

  // The network.
  lacking(
    'add-host',
    'text',
    'host names come from links and networks: link to the container, or use the address instead of the name',
    list,
  ),
  lacking('dns', 'text', NO_DNS, list),
  lacking('dns-opt', 'text', NO_DNS, list),
  lacking('dns-option', 'text', NO_DNS, list),
  lacking('dns-search', 'text', NO_DNS, list),
  lacking('domainname', 'text', 'definitions have a single host name: write the full name as --hostname'),
  lacking('ip', 'text', NO_ADDRESS),
  lacking('ip6', 'text', NO_ADDRESS),
  lacking('link-local-ip', 'text', NO_ADDRESS, list),
  lacking('mac-address', 'text', NO_ADDRESS),

  // Files.
  lacking('tmpfs', 'text', NO_MOUNT, list),
  lacking('volumes-from', 'text', 'each container lists its own volumes: write -v NAME:/path for each', list),
  lacking(
    'volume-driver',
    'text',
    "volumes use the engine's local driver: create this one beforehand and name it with -v",
    {
      usual: ['', 'local'],
    },
  ),
  lacking(
    'storage-opt',
    'text',
    "the container's root file system has no size limit: keep growing data in a volume (-v NAME:/path)",
    list,
  ),
  lacking('log-driver', 'text', 'the engine keeps the output for GET /v1/containers/{name}/logs: remove it', {
    usual: ['', 'json-file'],
    harmless: ['local'],
  }),
  ignored('log-opt', 'text', 'the newest 30 MB of output are kept, in three files', list),

  // Limits.
  lacking('memory-reservation', 'bytes', NO_LIMIT),
  lacking('memory-swappiness', 'integer', NO_LIMIT, { usual: ['-1'] }),
  lacking('kernel-memory', 'bytes', NO_LIMIT),
  lacking('cpu-shares', 'integer', NO_CPU_SHARE, { short: 'c' }),
  lacking('cpu-period', 'integer', NO_CPU_SHARE),
  lacking('cpu-quota', 'integer', NO_CPU_SHARE),
  lacking('cpu-rt-period', 'integer', NO_CPU_CHOICE),
  lacking('cpu-rt-runtime', 'integer', NO_CPU_CHOICE),
  lacking('cpuset-cpus', 'text', NO_CPU_CHOICE),
  lacking('cpuset-mems', 'text', NO_CPU_CHOICE),
  lacking('cpu-count', 'integer', WINDOWS),
  lacking('cpu-percent', 'integer', WINDOWS),
  lacking('io-maxbandwidth', 'bytes', WINDOWS),
  lacking('io-maxiops', 'natural', WINDOWS),
  lacking('blkio-weight', 'natural', NO_DEVICE_LIMIT),
  lacking('blkio-weight-device', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-read-iops', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-bps', 'text', NO_DEVICE_LIMIT, list),
  lacking('device-write-iops', 'text', NO_DEVICE_LIMIT, list),
];

/** The flags of `docker` before the command: which engine, and how it is reached. */
export const CLIENT_FLAGS: readonly Flag[] = [
  ignored('host', 'text', ONE_ENGINE, { short: 'H', isList: true }),
  ignored('context', 'text', ONE_ENGINE, { short: 'c' }),
  ignored('config', 'text', ONE_ENGINE),
  ignored('debug', 'nothing', 'it only affects what the docker command prints', { short: 'D' }),
  ignored('log-level', 'text', 'it only affects what the docker command prints', { short: 'l' }),
  ignored('tls', 'nothing', ONE_ENGINE),
  ignored('tlscacert', 'text', ONE_ENGINE),
  ignored('tlscert', 'text', ONE_ENGINE),
  ignored('tlskey', 'text', ONE_ENGINE),
  ignored('tlsverify', 'nothing', ONE_ENGINE),
];
