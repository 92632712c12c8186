/**
 * Definitions as a Compose file, which Docker Compose takes and the import reads back. What Compose has no words for stands
 * under `x-berth`, which Docker Compose leaves alone; a dollar sign is doubled, since there it begins a variable.
 */

import { byCodeUnit } from '../../../lib/canonical-json.js';
import { groupBy } from '../../../lib/multimap.js';
import type { Dependency, Link, LinkEnv, PortMapping, Reservation, Spec } from '../../definition/definition.js';
import { isVolumeName } from '../../definition/storage/paths.js';
import { testOf } from '../../docker/terms.js';
import { endpointsOf } from '../../networks/endpoints.js';
import type { Network } from '../../networks/network.js';
import { networkOwner } from '../../networks/network-mode.js';
import { networksOf } from '../../networks/networked.js';
import { type PortRange, parsePortRange, portKey } from '../../ports/parse.js';
import { createFileWriter } from './file-uses/placed-files.js';
import { writeResource } from './networks/write-resource.js';
import { escaped, escapedValues, writePlainKeys } from './plain-keys.js';
import { devicesOf } from './yaml/device-requests.js';

/** A definition with the host ports that are its own. */
interface Exported {
  readonly name: string;
  readonly spec: Spec;
  readonly reservations: readonly Pick<Reservation, 'hostIp' | 'hostPort' | 'containerPort' | 'protocol' | 'origin'>[];
}

type Claim = Exported['reservations'][number];

/**
 * Writes definitions as a Compose file in JSON, in pieces: one for each service.
 *
 * @param set the set that they all belong to, or null
 * @param definitions in the order in which they are to be written
 * @param networkNamed returns the stored network of a name
 */
export function* exportCompose(
  set: string | null,
  definitions: readonly Exported[],
  networkNamed: (name: string) => Pick<Network, 'spec' | 'subnets'> | undefined = () => undefined,
): Generator<string> {
  const own = servicesOf(definitions);
  const project = set === null ? undefined : projectName(set);
  const isDefault = (network: string): boolean => project !== undefined && network === `${set}_default`;
  const networks = new Set(definitions.flatMap(({ spec }) => networksOf(spec)));
  const volumes = volumesOf(definitions);
  const keyOf = (network: string): string => (isDefault(network) ? 'default' : network);
  const files = createFileWriter();
  yield '{';
  if (project !== undefined) yield `${field('name', project)},`;
  // The project's name is the set's, where a project can have it.
  if (project !== set) yield `${field('x-berth', { set })},`;
  yield '"services":{';
  let separator = '';
  for (const one of definitions) {
    yield `${separator}${field(own.get(one.name) ?? one.name, service(one, own, keyOf, files))}`;
    separator = ',';
  }
  yield '}';
  const withAddress = new Set(
    definitions.flatMap(({ spec }) =>
      (spec.networks ?? []).flatMap((one) => ((one.ipv4Address ?? one.ipv6Address) === undefined ? [] : one.name)),
    ),
  );
  const resource = (name: string) => {
    const network = networkNamed(name);
    return network === undefined ? {} : writeResource(network, withAddress.has(name));
  };
  if (networks.size > 0) yield `,${field('networks', named(networks, keyOf, resource))}`;
  if (Object.keys(volumes).length > 0) yield `,${field('volumes', volumes)}`;
  for (const [section, declared] of Object.entries(files.sections())) yield `,${field(section, declared)}`;
  yield '}';
}

const field = (key: string, value: unknown): string => `${JSON.stringify(key)}:${JSON.stringify(value)}`;

/** Services by the names of their definitions; a definition's own name where several are the same service. */
function servicesOf(definitions: readonly Exported[]): ReadonlyMap<string, string> {
  const serviceOf = ({ name, spec }: Exported): string => spec.service ?? name;
  const count = new Map<string, number>();
  for (const one of definitions) {
    for (const key of new Set([one.name, serviceOf(one)])) count.set(key, (count.get(key) ?? 0) + 1);
  }
  return new Map(
    definitions.map((one) => [one.name, count.get(serviceOf(one)) === 1 ? serviceOf(one) : one.name] as const),
  );
}

/** Rule: compose-go, `NormalizeProjectName`: small letters, digits, dashes and underscores, a letter or digit first. */
function projectName(set: string): string {
  return set.toLowerCase().replaceAll('.', '_');
}

/** Names networks as on the engine, so that another project gives them no other names. */
const named = (
  names: ReadonlySet<string>,
  keyOf: (name: string) => string,
  settingsOf: (name: string) => Readonly<Record<string, unknown>>,
) => Object.fromEntries([...names].sort().map((name) => [keyOf(name), { name, ...settingsOf(name) }]));

/** Named volumes with what creates them: the settings of the first mount that has any. */
function volumesOf(definitions: readonly Exported[]): Readonly<Record<string, object>> {
  const found = new Map<string, object>();
  for (const { volume, driver, driverOptions, labels } of definitions.flatMap(({ spec }) => spec.volumes)) {
    if (!isVolumeName(volume) || Object.keys(found.get(volume) ?? {}).length > 1) continue;
    found.set(volume, {
      name: escaped(volume),
      ...(driver !== undefined && { driver: escaped(driver) }),
      ...(driverOptions !== undefined && { driver_opts: escapedValues(driverOptions) }),
      ...(labels !== undefined && { labels: escapedValues(labels) }),
    });
  }
  return Object.fromEntries([...found].sort(([a], [b]) => byCodeUnit(a, b)));
}

function service(
  { name, spec, reservations }: Exported,
  own: ReadonlyMap<string, string>,
  keyOf: (network: string) => string,
  files: ReturnType<typeof createFileWriter>,
): Readonly<Record<string, unknown>> {
  const { links, resources } = spec;
  const isOwn = ({ container }: Link): boolean => own.has(container);
  // Of several that are the same service each has its own key, and the service's name as an alias.
  const hidden = spec.service === own.get(name) ? undefined : spec.service;
  const berth = berthOf(spec, own, hidden);
  return {
    container_name: name,
    image: escaped(spec.image),
    ...(spec.entrypoint && { entrypoint: spec.entrypoint.map(escaped) }),
    ...(spec.command && { command: spec.command.map(escaped) }),
    ...some('environment', escapedValues(spec.env)),
    ...writePlainKeys(spec),
    ...some('expose', [...spec.expose]),
    ...some('ports', portsOf(spec, reservations).map(portText)),
    ...some(
      'links',
      links.filter(isOwn).map((link) => linkText(link, own.get(link.container))),
    ),
    ...some(
      'external_links',
      links.filter((link) => !isOwn(link)).map((link) => linkText(link)),
    ),
    ...some('depends_on', dependenciesOf(spec, own)),
    ...networkOf({ name, spec }, { keyOf, own, service: hidden }),
    ...some('volumes', spec.volumes.map(volumeText)),
    ...files.keysOf(own.get(name) ?? name, spec),
    ...some('labels', escapedValues(spec.labels)),
    ...(spec.healthcheck && { healthcheck: healthcheck(spec.healthcheck) }),
    restart: restartText(spec),
    ...some('logging', loggingOf(spec)),
    ...(resources.memoryBytes !== undefined && { mem_limit: resources.memoryBytes }),
    ...(resources.cpus !== undefined && { cpus: resources.cpus }),
    pids_limit: resources.pids,
    ...some('deploy', deployOf(spec)),
    ...(spec.pullPolicy !== 'missing' && { pull_policy: spec.pullPolicy }),
    stop_grace_period: `${spec.stopTimeoutSeconds}s`,
    ...(spec.state === 'stopped' && { scale: 0 }),
    ...some('x-berth', berth),
  };
}

/** A key with its value, unless that is empty. */
function some(key: string, value: object): Readonly<Record<string, unknown>> {
  return Object.keys(value).length === 0 ? {} : { [key]: value };
}

/**
 * The mappings with the host ports that they came to, so that these stay; then those of `publishAll`. One that has none yet
 * stays as it was declared.
 */
function portsOf({ ports }: Spec, reservations: readonly Claim[]): readonly PortMapping[] {
  const taken = new Set<Claim>();
  const came = new Map<PortMapping, number>();
  const ofKind = groupBy(
    reservations.toSorted((a, b) => a.hostPort - b.hostPort),
    (claim) => kindOf(claim, claim.origin, claim.hostPort),
  );
  // The range that ends first takes the least that it can: so every one gets its own, whatever they share.
  for (const mapping of ports.toSorted((a, b) => rangeOf(a).to - rangeOf(b).to)) {
    const { from, to } = rangeOf(mapping);
    const alike = ofKind.get(kindOf(mapping, mapping.hostPort === undefined ? 'assigned' : 'fixed', mapping.hostPort));
    const claim = alike?.find((one) => !taken.has(one) && one.hostPort >= from && one.hostPort <= to);
    if (claim === undefined) continue;
    taken.add(claim);
    came.set(mapping, claim.hostPort);
  }
  const mapped = ports.map((mapping): PortMapping => {
    const hostPort = came.get(mapping);
    if (hostPort === undefined) return mapping;
    const { hostPortRange: _, ...rest } = mapping;
    return { ...rest, hostPort };
  });
  const published = reservations
    .filter(({ origin }) => origin === 'publishAll')
    .toSorted((a, b) => a.hostPort - b.hostPort)
    .map(({ hostIp, hostPort, containerPort, protocol }) => ({
      ...(hostIp !== undefined && { hostIp }),
      hostPort,
      containerPort,
      protocol,
    }));
  return [...mapped, ...published];
}

/** Returns a key that a claim shares with the mapping that it was made for. */
function kindOf(one: PortMapping | Claim, origin: Claim['origin'], hostPort: number | undefined): string {
  return JSON.stringify([origin, one.hostIp ?? null, portKey(one), origin === 'fixed' ? hostPort : null]);
}

/** Returns the range that a mapping's host port may be in. */
function rangeOf({ hostPort, hostPortRange }: PortMapping): PortRange {
  if (hostPort !== undefined) return { from: hostPort, to: hostPort };
  const range = hostPortRange === undefined ? undefined : parsePortRange(hostPortRange);
  return range?.ok ? range.value : { from: 1, to: 65_535 };
}

/** The long form, in which nothing can be taken for something else. */
function portText({ hostIp, hostPort, hostPortRange, containerPort, protocol }: PortMapping) {
  const published = hostPort === undefined ? hostPortRange : String(hostPort);
  return {
    target: containerPort,
    ...(published !== undefined && { published }),
    ...(hostIp !== undefined && { host_ip: hostIp }),
    protocol,
  };
}

/** Devices stand beside the reserved memory, since Docker Compose wants that in both places or in neither. */
function deployOf({ deviceRequests = [], memoryReservation }: Spec) {
  if (deviceRequests.length === 0) return {};
  const memory = memoryReservation === undefined ? {} : { memory: String(memoryReservation) };
  return { resources: { reservations: { ...memory, devices: devicesOf(deviceRequests) } } };
}

const linkText = ({ container, alias }: Link, service = container): string =>
  alias === service ? service : `${service}:${alias}`;

const CONDITIONS: Readonly<Record<Dependency['condition'], string>> = {
  started: 'service_started',
  healthy: 'service_healthy',
  completed: 'service_completed_successfully',
};

/** The dependencies on services of the file. */
const dependenciesOf = ({ dependsOn = [] }: Spec, own: ReadonlyMap<string, string>) =>
  Object.fromEntries(
    dependsOn.flatMap(({ container, condition, required }) => {
      const key = own.get(container);
      return key === undefined ? [] : [[key, { condition: CONDITIONS[condition], ...(!required && { required }) }]];
    }),
  );

interface NetworkNames {
  readonly keyOf: (network: string) => string;
  /** Services by the names of their containers. */
  readonly own: ReadonlyMap<string, string>;
  /** The name of the service, if it is an alias. */
  readonly service: string | undefined;
}

function networkOf(
  { name, spec }: Pick<Exported, 'name' | 'spec'>,
  { keyOf, own: services, service }: NetworkNames,
): Readonly<Record<string, unknown>> {
  const owner = services.get(networkOwner(spec.network) ?? '');
  if (owner !== undefined) return { network_mode: `service:${owner}` };
  if (networksOf(spec).length === 0) return { network_mode: spec.network };
  const { service: _, ...unnamed } = spec;
  const own = endpointsOf(name, unnamed);
  const last = own.length - 1;
  const entries = own.map(({ network, aliases, ipv4Address, ipv6Address }, index) => {
    const names = [...new Set([...(service === undefined ? [] : [service]), ...aliases])];
    const settings = {
      ...some('aliases', names),
      ...(ipv4Address !== undefined && { ipv4_address: ipv4Address }),
      ...(ipv6Address !== undefined && { ipv6_address: ipv6Address }),
      // The order of the keys says nothing to Docker Compose.
      ...(last > 0 && { gw_priority: last - index }),
    };
    return [keyOf(network), settings] as const;
  });
  return { networks: Object.fromEntries(entries) };
}

function volumeText(mount: Spec['volumes'][number]) {
  const { volume, target, readOnly, noCopy, subpath } = mount;
  const options = { ...(noCopy && { nocopy: true }), ...(subpath !== undefined && { subpath: escaped(subpath) }) };
  return {
    type: isVolumeName(volume) ? 'volume' : 'bind',
    source: escaped(volume),
    target: escaped(target),
    ...(readOnly && { read_only: true }),
    ...(!isVolumeName(volume) && { bind: bindText(mount) }),
    ...some('volume', options),
  };
}

const bindText = ({ createHostPath = false, propagation, selinux }: Spec['volumes'][number]) => ({
  create_host_path: createHostPath,
  ...(propagation !== undefined && { propagation }),
  ...(selinux !== undefined && { selinux }),
});

const loggingOf = ({ logDriver, logOptions }: Spec) => ({
  ...(logDriver !== undefined && { driver: escaped(logDriver) }),
  ...(logOptions !== undefined && { options: escapedValues(logOptions) }),
});

const restartText = ({ restartPolicy, restartMaxRetries }: Spec): string =>
  restartPolicy === 'always'
    ? 'unless-stopped'
    : `${restartPolicy}${restartMaxRetries === undefined ? '' : `:${restartMaxRetries}`}`;

function healthcheck(check: NonNullable<Spec['healthcheck']>): Readonly<Record<string, unknown>> {
  const seconds = (key: string, value: number | undefined) => (value === undefined ? {} : { [key]: `${value}s` });
  return {
    ...(check.command.length === 0 ? { disable: true } : { test: testOf(check.command).map(escaped) }),
    ...seconds('interval', check.intervalSeconds),
    ...seconds('timeout', check.timeoutSeconds),
    ...(check.retries !== undefined && { retries: check.retries }),
    ...seconds('start_period', check.startPeriodSeconds),
    ...seconds('start_interval', check.startIntervalSeconds),
  };
}

/** Returns the settings of `x-berth`: those that Compose has no keys for. */
function berthOf(spec: Spec, own: ReadonlyMap<string, string>, service: string | undefined) {
  const {
    links,
    network,
    onLinkChange,
    onUnhealthy,
    boot,
    dependsOn = [],
    publishAll,
    keepNetworks,
    secretEnv = {},
  } = spec;
  const { updatePolicy, updateIntervalSeconds, updateWindow, stateful } = spec;
  const usual: LinkEnv = network === 'bridge' ? 'all' : 'none';
  const asRead = [
    ...links.filter(({ container }) => own.has(container)),
    ...links.filter(({ container }) => !own.has(container)),
  ];
  const isAsRead = asRead.every((link, index) => link === links[index] && link.env === usual);
  return {
    ...(service !== undefined && { service }),
    ...(publishAll && { publishAll }),
    ...some('secretEnv', escapedValues(secretEnv)),
    ...(keepNetworks && { keepNetworks }),
    ...(onLinkChange !== 'recreate' && { onLinkChange }),
    ...(onUnhealthy !== undefined && { onUnhealthy }),
    ...(boot !== undefined && { boot }),
    ...(updatePolicy !== undefined && { updatePolicy }),
    ...(updateIntervalSeconds !== undefined && { updateIntervalSeconds }),
    ...(updateWindow !== undefined && { updateWindow }),
    ...(stateful !== undefined && { stateful }),
    ...some(
      'dependsOn',
      dependsOn.filter(({ container }) => !own.has(container)),
    ),
    ...(!isAsRead && { links: links.map(({ alias, env }) => ({ alias, env })) }),
  };
}
