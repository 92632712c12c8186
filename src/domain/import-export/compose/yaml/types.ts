/**
 * Types of the values in a Compose file, also of those that no definition takes: what Docker Compose refuses is refused.
 * Keys that are not listed pass, since they are reported as unsupported. Rule: compose-spec, `schema/compose-spec.json`,
 * with the conversions of compose-go, `interpolate.go`: a variable is always a text.
 */

import { type TObject, type TSchema, Type } from 'typebox';
import { Compile } from 'typebox/compile';
import { Errors } from 'typebox/value';
import { parseBytes, parseLongDuration } from '../../../docker/values.js';
import { pointer } from '../../../problems/result.js';
import { addFault, isNull, plain, type Reading, written } from './reading.js';
import type { MapTree, Tree } from './tree.js';

const Text = Type.String();
const Flag = Type.Union([Type.Boolean(), Type.String({ pattern: /^(?:true|false|yes|no|y|n|on|off)$/i })]);
const Whole = Type.Union([Type.Integer(), Type.String({ pattern: /^[+-]?\d+$/ })]);
const NumberText = Type.String({ pattern: /^[+-]?(?:\d+\.?\d*|\.\d+)(?:e[+-]?\d+)?$/i });
const Amount = Type.Union([Type.Number(), NumberText]);
const Size = Type.Union([Type.Number(), Type.Refine(Text, (text) => parseBytes(text.replace(/^-/, '')).ok)]);
const WholeSize = Type.Union([Type.Integer({ minimum: 0 }), Size.anyOf[1]]);
const Duration = Type.Refine(Text, (text) => parseLongDuration(text).ok);

/** Lists of texts. Docker Compose merges equal entries of some lists, and refuses them in the others. */
const Texts = Type.Array(Text);
const Distinct = Type.Array(Text, { uniqueItems: true });
const TextOrTexts = Type.Union([Text, Texts]);
const Pairs = Type.Union([
  Type.Record(Text, Type.Union([Text, Type.Number(), Type.Boolean(), Type.Null()])),
  Type.Array(Text),
]);
const Options = Type.Record(Text, Type.Union([Text, Type.Number()]));
const Hosts = Type.Union([
  Type.Record(Text, Type.Union([Text, Type.Array(Text)])),
  Type.Array(Type.String({ pattern: /.[=:]/ })),
]);
const Command = Type.Union([Text, Texts, Type.Null()]);
const External = Type.Union([Flag, Type.Object({ name: Type.Optional(Text) })]);

type Keys = Readonly<Record<string, TSchema>>;

/** Returns a map of these keys, of which only the required ones have to be there. */
const map = (optional: Keys, required: Keys = {}): TObject =>
  Type.Object({
    ...Object.fromEntries(Object.entries(optional).map(([key, schema]) => [key, Type.Optional(schema)])),
    ...required,
  });

/** Returns several keys of the same type. */
const all = (schema: TSchema, keys: string): Keys => Object.fromEntries(keys.split(' ').map((key) => [key, schema]));

const Ulimits = Type.Record(Text, Type.Union([Whole, map({}, { soft: Whole, hard: Whole })]));
const FileUses = Type.Array(Type.Union([Text, map({ ...all(Text, 'source target uid gid'), mode: Whole })]));
const Rates = Type.Array(map({ path: Text, rate: Size }));
const HOOK = { ...all(Text, 'user working_dir'), privileged: Flag, environment: Pairs };
const Devices = (required: Keys): TSchema =>
  Type.Array(
    map(
      { driver: Text, count: Type.Union([Whole, Type.Literal('all')]), ...all(Texts, 'device_ids'), options: Pairs },
      required,
    ),
  );

const Build = map({
  ...all(Text, 'context dockerfile dockerfile_inline network target isolation'),
  ...all(Pairs, 'args ssh labels additional_contexts'),
  ...all(Texts, 'entitlements cache_from cache_to tags platforms'),
  ...all(Flag, 'no_cache pull privileged'),
  shm_size: Size,
  extra_hosts: Hosts,
  secrets: FileUses,
  ulimits: Ulimits,
});

const Develop = map({
  watch: Type.Array(
    map(
      { ...all(TextOrTexts, 'ignore include'), target: Text, initial_sync: Type.Boolean() },
      {
        path: Type.String({ minLength: 1 }),
        action: Type.Enum(['rebuild', 'sync', 'restart', 'sync+restart', 'sync+exec']),
      },
    ),
  ),
});

const Update = map({
  parallelism: Whole,
  delay: Duration,
  failure_action: Text,
  monitor: Duration,
  max_failure_ratio: Amount,
  order: Type.Enum(['start-first', 'stop-first']),
});

const Deploy = map({
  ...all(Text, 'mode endpoint_mode'),
  replicas: Whole,
  labels: Pairs,
  update_config: Update,
  rollback_config: Update,
  resources: map({
    limits: map({ cpus: Amount, memory: Text, pids: Whole }),
    reservations: map({
      cpus: Amount,
      memory: Text,
      devices: Devices({ capabilities: Texts }),
      generic_resources: Type.Array(map({ discrete_resource_spec: map({ kind: Text, value: Amount }) })),
    }),
  }),
  restart_policy: map({ condition: Text, delay: Duration, max_attempts: Whole, window: Duration }),
  placement: map({
    constraints: Texts,
    preferences: Type.Array(map({ spread: Text })),
    max_replicas_per_node: Whole,
  }),
});

const Mount = map(
  {
    ...all(Text, 'source target consistency'),
    read_only: Flag,
    bind: map({ propagation: Text, create_host_path: Flag, selinux: Type.Enum(['z', 'Z']) }),
    volume: map({ nocopy: Flag, subpath: Text, labels: Pairs }),
    tmpfs: map({ size: WholeSize, mode: Whole }),
    image: map({ subpath: Text }),
  },
  { type: Text },
);

const Network = map({
  ...all(Text, 'interface_name ipv4_address ipv6_address mac_address'),
  ...all(Distinct, 'aliases link_local_ips'),
  driver_opts: Options,
  ...all(Type.Number(), 'priority gw_priority'),
});

const Service = map({
  ...all(
    Text,
    'cgroup_parent container_name cpuset domainname hostname image ipc isolation mac_address network_mode platform ' +
      'pull_policy restart runtime stop_grace_period stop_signal user userns_mode uts working_dir',
  ),
  pid: Type.Union([Text, Type.Null()]),
  cgroup: Type.Enum(['host', 'private']),
  ...all(Flag, 'attach init oom_kill_disable privileged read_only stdin_open tty'),
  use_api_socket: Type.Boolean(),
  ...all(Whole, 'scale'),
  cpu_count: Type.Union([Type.Integer({ minimum: 0 }), Type.String({ pattern: /^\+?\d+$/ })]),
  cpu_percent: Type.Union([Type.Integer({ minimum: 0, maximum: 100 }), NumberText]),
  oom_score_adj: Type.Union([
    Type.Integer({ minimum: -1000, maximum: 1000 }),
    Type.String({ pattern: /^(?:[+-]?\d{1,3}|[+-]?1000)$/ }),
  ]),
  ...all(Amount, 'cpu_period cpu_quota cpu_rt_period cpu_rt_runtime cpu_shares'),
  ...all(Type.Union([Type.Number(), Text]), 'cpus mem_limit pids_limit'),
  ...all(Size, 'memswap_limit shm_size'),
  ...all(Type.Union([Type.Integer(), Size.anyOf[1]]), 'mem_reservation mem_swappiness'),
  ...all(Texts, 'cap_add cap_drop dns_opt links profiles'),
  ...all(Distinct, 'device_cgroup_rules external_links security_opt volumes_from'),
  ...all(TextOrTexts, 'dns dns_search label_file tmpfs'),
  ...all(Pairs, 'annotations environment labels sysctls'),
  ...all(Command, 'command entrypoint'),
  ...all(FileUses, 'configs secrets'),
  group_add: Type.Array(Type.Union([Text, Type.Number()]), { uniqueItems: true }),
  expose: Type.Array(Type.Union([Text, Type.Number()])),
  extra_hosts: Hosts,
  ulimits: Ulimits,
  storage_opt: Type.Record(Text, Type.Union([Text, Type.Number(), Type.Boolean(), Type.Null()])),
  build: Type.Union([Text, Build]),
  develop: Type.Union([Develop, Type.Null()]),
  deploy: Type.Union([Deploy, Type.Null()]),
  blkio_config: map({
    ...all(Rates, 'device_read_bps device_read_iops device_write_bps device_write_iops'),
    weight: Whole,
    weight_device: Type.Array(map({ path: Text, weight: Whole })),
  }),
  credential_spec: map(all(Text, 'config file registry')),
  depends_on: Type.Union([Distinct, Type.Record(Text, map({ ...all(Flag, 'restart required') }, { condition: Text }))]),
  devices: Type.Array(
    Type.Union([
      Type.String({ pattern: /^[^:]*(?::[^:]*){0,2}$/ }),
      map(all(Text, 'target permissions'), { source: Text }),
    ]),
  ),
  gpus: Type.Union([Type.Literal('all'), Devices({})]),
  env_file: Type.Union([Text, Type.Array(Type.Union([Text, map({ format: Text, required: Flag }, { path: Text })]))]),
  extends: Type.Union([Text, map({ file: Text }, { service: Text })]),
  provider: map({ options: Type.Record(Text, Type.Unknown()) }, { type: Text }),
  healthcheck: map({
    disable: Flag,
    retries: Amount,
    test: TextOrTexts,
    ...all(Duration, 'interval timeout start_period start_interval'),
  }),
  logging: map({ driver: Text, options: Type.Record(Text, Type.Union([Text, Type.Number(), Type.Null()])) }),
  models: Type.Union([
    Distinct,
    Type.Record(Text, Type.Union([map(all(Text, 'endpoint_var model_var')), Type.Null()])),
  ]),
  networks: Type.Union([Distinct, Type.Record(Text, Type.Union([Network, Type.Null()]))]),
  ports: Type.Array(
    Type.Union([
      Type.Number(),
      Text,
      map({
        ...all(Text, 'name mode host_ip protocol app_protocol'),
        ...all(Type.Union([Whole, Text]), 'target published'),
      }),
    ]),
  ),
  pre_start: Type.Array(map({ ...HOOK, command: Command, image: Text, per_replica: Flag })),
  ...all(Type.Array(map(HOOK, { command: Command })), 'post_start pre_stop'),
  volumes: Type.Array(Type.Union([Text, Mount])),
});

const FILE = {
  ...all(Text, 'name file environment content template_driver driver'),
  external: External,
  labels: Pairs,
};

/** Types of what stands under the keys of a file. */
const KINDS: Readonly<Record<string, TSchema>> = {
  services: Service,
  networks: Type.Union([
    map({
      ...all(Text, 'name driver'),
      driver_opts: Options,
      external: External,
      labels: Pairs,
      ...all(Flag, 'internal attachable enable_ipv4 enable_ipv6'),
      ipam: map({
        driver: Text,
        config: Type.Array(map({ ...all(Text, 'subnet ip_range gateway'), aux_addresses: Type.Record(Text, Text) })),
        options: Type.Record(Text, Text),
      }),
    }),
    Type.Null(),
  ]),
  volumes: Type.Union([
    map({ ...all(Text, 'name driver'), driver_opts: Options, external: External, labels: Pairs }),
    Type.Null(),
  ]),
  configs: map(FILE),
  secrets: map({ ...FILE, driver_opts: Options }),
  models: map({ name: Text, context_size: Type.Integer(), runtime_flags: Texts }, { model: Text }),
};

const Include = Type.Union([
  Type.Array(Type.Union([Text, map({ ...all(TextOrTexts, 'path env_file'), project_directory: Text })])),
  Type.Null(),
]);
const ROOT: Keys = {
  ...all(Text, 'version name'),
  include: Include,
  ...Object.fromEntries(Object.entries(KINDS).map(([kind, schema]) => [kind, Type.Record(Text, schema)])),
};

const compiled = Compile(map(ROOT));

/** Checks the types of a whole file, and adds a fault for each value that has none already. */
export function checkTypes(reading: Reading, root: MapTree): void {
  if (compiled.Check(plain(root))) return;
  const known = reading.faults.map(({ at }) => pathText(at));
  const isKnown = ({ at }: Tree): boolean =>
    known.some((other) => other.startsWith(pathText(at)) || pathText(at).startsWith(other));
  for (const { schema, tree } of partsOf(root)) {
    const wrong = firstWrong(schema, tree);
    if (wrong !== undefined && !isKnown(wrong.tree)) addFault(reading, wrong.tree, wrong.message);
  }
}

const pathText = ({ path, file = '' }: Tree['at']): string => `${file} ${pointer(...path)}/`;

interface Part {
  readonly schema: TSchema;
  readonly tree: Tree;
}

/** Returns the parts that are reported one by one: each key of a service, of a network, and so on. */
function partsOf(root: MapTree): readonly Part[] {
  return [...root.entries].flatMap(([key, tree]): readonly Part[] => {
    const kind = Object.hasOwn(KINDS, key) ? KINDS[key] : undefined;
    const whole = Object.hasOwn(ROOT, key) ? ROOT[key] : undefined;
    if (kind === undefined || tree.kind !== 'map') return whole === undefined ? [] : [{ schema: whole, tree }];
    return [...tree.entries.values()].flatMap((one): readonly Part[] => {
      if (kind !== Service || one.kind !== 'map') return [{ schema: kind, tree: one }];
      return [...one.entries].flatMap(([own, value]) => {
        const schema = Object.hasOwn(Service.properties, own) ? Service.properties[own] : undefined;
        return schema === undefined ? [] : [{ schema, tree: value }];
      });
    });
  });
}

const FORMS: Readonly<Record<string, string>> = {
  string: 'a string',
  number: 'a number',
  integer: 'a whole number',
  boolean: 'true or false',
  array: 'a list',
  object: 'a map',
};

/** Finds the innermost value that is wrong, and says what it has to be. */
function firstWrong(schema: TSchema, tree: Tree): { readonly tree: Tree; readonly message: string } | undefined {
  const errors = Errors(schema, plain(tree)) as readonly {
    readonly keyword: string;
    readonly instancePath: string;
    readonly params: Readonly<Record<string, unknown>>;
  }[];
  if (errors.length === 0) return undefined;
  const depth = Math.max(...errors.map(({ instancePath }) => instancePath.split('/').length));
  const deepest = errors.filter(({ instancePath }) => instancePath.split('/').length === depth);
  const path = deepest[0]?.instancePath ?? '';
  const own = deepest.filter(({ instancePath }) => instancePath === path);
  const at = find(tree, path.split('/').slice(1).map(unescaped));
  if (isNull(at)) return { tree: at, message: 'is empty; give it a value, or remove it' };
  const missing = own.find(({ keyword }) => keyword === 'required');
  if (missing !== undefined) return { tree: at, message: `${String(missing.params['requiredProperties'])} is missing` };
  const forms = [
    ...new Set(own.filter(({ keyword }) => keyword === 'type').map(({ params }) => FORMS[`${params['type']}`] ?? '')),
  ];
  if (own.some(({ keyword }) => keyword === 'uniqueItems'))
    return { tree: at, message: 'has a duplicate entry; remove one' };
  const allowed = own.find(({ keyword }) => keyword === 'enum')?.params['allowedValues'] as
    | readonly string[]
    | undefined;
  const isOfItsType = own.some(({ keyword }) => !['type', 'anyOf'].includes(keyword));
  if (allowed !== undefined) return { tree: at, message: `${written(at)} is not one of ${allowed.join(', ')}` };
  if (isOfItsType) return { tree: at, message: `${written(at)} is not a value that Docker Compose accepts here` };
  return { tree: at, message: `must be ${forms.filter((form) => form !== '').join(' or ')}` };
}

const unescaped = (key: string): string => key.replaceAll('~1', '/').replaceAll('~0', '~');

function find(tree: Tree, [key, ...rest]: readonly string[]): Tree {
  if (key === undefined || tree.kind === 'scalar') return tree;
  const next = tree.kind === 'list' ? tree.items[Number(key)] : tree.entries.get(key);
  return next === undefined ? tree : find(next, rest);
}
