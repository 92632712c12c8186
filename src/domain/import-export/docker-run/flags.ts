/** Every flag of `docker run`, `docker create` and `docker` itself, and what becomes of it. Data only. */

/** What a flag's value is: what Docker's command line would refuse is refused. `nothing`: a switch, with or without `=true`. */
export type Takes = 'nothing' | 'text' | 'integer' | 'natural' | 'cpus' | 'bytes' | 'swap' | 'duration';

/** What of a definition a flag becomes. */
export type Field =
  | ('name' | 'entrypoint' | 'env' | 'workingDir' | 'user' | 'hostname' | 'label' | 'pull' | 'restart' | 'remove')
  | ('publish' | 'publishAll' | 'expose' | 'link' | 'network' | 'networkAlias' | 'volume' | 'mount' | 'detach' | 'help')
  | ('healthCommand' | 'healthInterval' | 'healthTimeout' | 'healthRetries' | 'healthStartPeriod' | 'noHealthcheck')
  | ('memory' | 'memorySwap' | 'cpus' | 'pids' | 'stopSignal' | 'stopTimeout');

/** Why a flag has no field, and what to do instead. */
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
  /** Whether each time counts. Otherwise the last one does. */
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

const NO_LIMIT = 'a definition limits memory, CPUs and processes alone: use --memory, --cpus and --pids-limit';
const NO_DEVICE_LIMIT = 'a definition does not limit the use of single devices: take it out';
const NO_CPU_SHARE = 'a definition limits CPUs by their number: write --cpus, for instance --cpus 0.5';
const NO_CPU_CHOICE = 'the engine chooses the CPUs and when they run it: write --cpus for how many';
const NO_DEVICES = 'containers get no devices of the host: run this one with the engine itself';
const NO_PRIVILEGES = 'containers get no more privileges than the engine gives to every one: take it out';
const NO_NAMESPACES = 'containers have namespaces of their own: take it out';
const NO_DNS = "containers have the engine's resolver: set it in the engine's configuration, or take it out";
const NO_ADDRESS = 'addresses are given by the engine: reach the container by its name, through a link or its network';
const NO_MOUNT = 'only named volumes can be mounted: write -v NAME:/path';
const ONE_ENGINE = 'the container runs on the engine that this Berth manages, whichever is named here: take it out';
const WINDOWS = 'it is of Windows containers alone: take it out';
const CLIENT_FILE = 'the file is on the machine where the line is typed';
const ATTACHED = 'nothing is attached: the output is in GET /v1/containers/{name}/logs';

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
  ignored('cidfile', 'text', "the id is in the definition's status, as status.container.id: no file is written"),
  ignored('detach-keys', 'text', ATTACHED, { isOfRun: true }),
  ignored('quiet', 'nothing', 'a pull prints nothing here', { short: 'q' }),
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
    'nobody types into the container: give it a command that runs without input; a shell alone would end at once',
    { short: 'i' },
  ),
  lacking(
    'tty',
    'nothing',
    'containers have no terminal: give it a command that runs without one; a shell alone would end at once',
    { short: 't' },
  ),
  lacking('env-file', 'text', `${CLIENT_FILE}: write its variables as -e NAME=value`, list),
  lacking('label-file', 'text', `${CLIENT_FILE}: write its labels as --label key=value`, list),

  // The process.
  lacking('init', 'nothing', 'the command is process 1 itself: put an init such as tini into the image'),
  lacking('health-start-interval', 'duration', 'checks have one interval: write --health-interval'),
  lacking('group-add', 'text', "a process has its user's groups: write --user NAME:GROUP", list),
  lacking('sysctl', 'text', "containers have the kernel's settings as the engine gives them: take it out", list),
  lacking(
    'ulimit',
    'text',
    "limits of single processes are the engine's: set default-ulimits in its configuration",
    list,
  ),
  lacking('runtime', 'text', "the engine's own runtime is used: take it out", {
    usual: ['', 'runc', 'io.containerd.runc.v2'],
  }),
  lacking(
    'platform',
    'text',
    "images are pulled for the engine's own platform: name one by its digest (NAME@sha256:…)",
  ),
  lacking('annotation', 'text', 'a definition has labels: write --label key=value', list),
  lacking(
    'read-only',
    'nothing',
    "a container's own file system can be written to: run the process as a user that may not (--user)",
  ),
  lacking('shm-size', 'bytes', "/dev/shm has the engine's 64 MiB: take it out", { usual: ['0', '67108864'] }),
  lacking('oom-kill-disable', 'nothing', NO_LIMIT),
  lacking('oom-score-adj', 'integer', NO_LIMIT),

  // What it may.
  lacking('privileged', 'nothing', NO_PRIVILEGES),
  lacking('cap-add', 'text', NO_PRIVILEGES, list),
  lacking(
    'cap-drop',
    'text',
    "a definition can't take capabilities away: run the process as another user (--user)",
    list,
  ),
  lacking('security-opt', 'text', 'every container has no-new-privileges, and no other option: take it out', {
    isList: true,
    usual: ['no-new-privileges', 'no-new-privileges=true', 'no-new-privileges:true'],
  }),
  lacking('use-api-socket', 'nothing', "the engine's socket is not given to containers: take it out"),
  lacking('cgroupns', 'text', NO_NAMESPACES, { harmless: ['private'] }),
  lacking('cgroup-parent', 'text', 'the engine has a control group for its containers: take it out'),
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
    'names come from links and networks: link to the container, or write the address where the name is used',
    list,
  ),
  lacking('dns', 'text', NO_DNS, list),
  lacking('dns-opt', 'text', NO_DNS, list),
  lacking('dns-option', 'text', NO_DNS, list),
  lacking('dns-search', 'text', NO_DNS, list),
  lacking('domainname', 'text', 'a definition has one host name: write the whole of it as --hostname'),
  lacking('ip', 'text', NO_ADDRESS),
  lacking('ip6', 'text', NO_ADDRESS),
  lacking('link-local-ip', 'text', NO_ADDRESS, list),
  lacking('mac-address', 'text', NO_ADDRESS),

  // Files.
  lacking('tmpfs', 'text', NO_MOUNT, list),
  lacking('volumes-from', 'text', 'each container names its volumes: write -v NAME:/path for each', list),
  lacking(
    'volume-driver',
    'text',
    "volumes are the engine's local ones: make this one beforehand and name it with -v",
    {
      usual: ['', 'local'],
    },
  ),
  lacking(
    'storage-opt',
    'text',
    "a container's own file system has no limit: keep what grows in a volume (-v NAME:/path)",
    list,
  ),
  lacking(
    'log-driver',
    'text',
    'the output is kept by the engine, where GET /v1/containers/{name}/logs reads it: take it out',
    {
      usual: ['', 'json-file'],
      harmless: ['local'],
    },
  ),
  ignored('log-opt', 'text', 'the newest 30 MB of the output are kept, in three files', list),

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
  ignored('debug', 'nothing', 'it is about what the docker command prints', { short: 'D' }),
  ignored('log-level', 'text', 'it is about what the docker command prints', { short: 'l' }),
  ignored('tls', 'nothing', ONE_ENGINE),
  ignored('tlscacert', 'text', ONE_ENGINE),
  ignored('tlscert', 'text', ONE_ENGINE),
  ignored('tlskey', 'text', ONE_ENGINE),
  ignored('tlsverify', 'nothing', ONE_ENGINE),
];
