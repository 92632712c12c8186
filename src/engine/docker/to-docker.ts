/**
 * Translates our terms into Docker's: the body of a creation, field by field. A field that is not named here can't
 * reach the engine.
 */

import type { Healthcheck, PortMapping, Spec } from '../../domain/definition/definition.js';
import { DEFAULT_LOG_DRIVER, LOG_BOUND } from '../../domain/definition/fields/health.js';
import { testOf } from '../../domain/docker/terms.js';
import type { NetworkSettings } from '../../domain/networks/network.js';
import { isUserDefined } from '../../domain/networks/networked.js';
import { portKey } from '../../domain/ports/parse.js';
import type { CreateRequest, EndpointRequest, EngineLacks, Owner, Updatable } from '../engine.js';
import { LABELS } from '../labels.js';
import { ENGINE_RESTART_POLICY } from '../restart-policy.js';
import { mountsBody } from './containers/mounts.js';
import { writtenFields } from './fields/fields.js';
import { securityBody } from './fields/security-opt.js';

const NANO = 1e9;

const ownerLabels = (owner: Owner): Record<string, string> => ({
  [LABELS.instance]: owner.instance,
  [LABELS.uid]: owner.uid,
  [LABELS.name]: owner.name,
  [LABELS.generation]: String(owner.generation),
  [LABELS.hash]: owner.hash,
  ...(owner.secretVariables && { [LABELS.secretVariables]: owner.secretVariables.join(',') }),
  ...(owner.run && { [LABELS.run]: owner.run, [LABELS.attempt]: String(owner.attempt) }),
  ...(owner.recreatedVolumes && { [LABELS.recreatedVolumes]: owner.recreatedVolumes.join(',') }),
});

function portBindings(bindings: readonly PortMapping[]): Record<string, { HostIp: string; HostPort: string }[]> {
  const all: Record<string, { HostIp: string; HostPort: string }[]> = {};
  for (const binding of bindings) {
    const place = { HostIp: binding.hostIp ?? '', HostPort: String(binding.hostPort ?? '') };
    all[portKey(binding)] = [...(all[portKey(binding)] ?? []), place];
  }
  return all;
}

function healthcheck(check: Healthcheck): Record<string, unknown> {
  if (check.command.length === 0) return { Test: ['NONE'] };
  const nanos = (seconds: number | undefined): number => Math.round((seconds ?? 0) * NANO);
  return {
    Test: testOf(check.command),
    Interval: nanos(check.intervalSeconds),
    Timeout: nanos(check.timeoutSeconds),
    Retries: check.retries ?? 0,
    StartPeriod: nanos(check.startPeriodSeconds),
    ...(check.startIntervalSeconds !== undefined && { StartInterval: nanos(check.startIntervalSeconds) }),
  };
}

/** Builds the log's settings: a log in JSON files without a limit gets the usual one. */
export function logConfig({ logDriver = DEFAULT_LOG_DRIVER, logOptions = {} }: Pick<Spec, 'logDriver' | 'logOptions'>) {
  const isUnbounded = logDriver === DEFAULT_LOG_DRIVER && logOptions['max-size'] === undefined;
  return { Type: logDriver, Config: { ...(isUnbounded && LOG_BOUND), ...logOptions } };
}

/** Limits and restart policy, the same for a creation and an update. */
export const limits = ({ resources, restartPolicy, restartMaxRetries = 0, memorySwap }: Updatable) => ({
  RestartPolicy: {
    Name: ENGINE_RESTART_POLICY[restartPolicy],
    ...(restartMaxRetries > 0 && { MaximumRetryCount: restartMaxRetries }),
  },
  PidsLimit: resources.pids,
  ...(resources.memoryBytes !== undefined && {
    Memory: resources.memoryBytes,
    MemorySwap: memorySwap ?? resources.memoryBytes * 2,
  }),
  ...(resources.cpus !== undefined && { NanoCpus: Math.round(resources.cpus * NANO) }),
});

/** Builds the body of a network's creation. */
export function networkBody({ name, subnets, internal, options, labels, hash }: NetworkSettings, instance: string) {
  return {
    Name: name,
    Driver: 'bridge',
    CheckDuplicate: true,
    Labels: { ...labels, [LABELS.instance]: instance, ...(hash !== null && { [LABELS.networkHash]: hash }) },
    ...(internal && { Internal: true }),
    ...(Object.keys(options).length > 0 && { Options: { ...options } }),
    ...(subnets.length > 1 && { EnableIPv6: true }),
    ...(subnets.length > 0 && {
      IPAM: {
        Driver: 'default',
        Config: subnets.map(({ subnet, gateway, range }) => ({ Subnet: subnet, Gateway: gateway, IPRange: range })),
      },
    }),
  };
}

const ipamConfig = (addresses: readonly string[]) => ({
  ...Object.fromEntries(addresses.map((one) => [one.includes(':') ? 'IPv6Address' : 'IPv4Address', one])),
});

/** The endpoint option that marks a network as one that Berth connected; no driver reads it. */
export const ENDPOINT_MARK = 'io.berth.endpoint';
/** Below that of the first network, which has the engine's default, 0. */
const LATER_PRIORITY = -1;

/** Builds the settings of a network beside the first one. */
export const endpointBody = (
  { aliases, addresses, links, isFirst = false, isOurs }: EndpointRequest,
  { gatewayPriority }: EngineLacks,
) => ({
  ...(links.length > 0 && { Links: links.map(({ sourceName, alias }) => `${sourceName}:${alias}`) }),
  ...(addresses.length > 0 && { IPAMConfig: ipamConfig(addresses) }),
  ...(aliases.length > 0 && { Aliases: [...aliases] }),
  ...(isOurs && !isFirst && { DriverOpts: { [ENDPOINT_MARK]: 'true' } }),
  ...(gatewayPriority === undefined && !isFirst && { GwPriority: LATER_PRIORITY }),
});

/** @param creation what no other creation has */
export function createBody(request: CreateRequest, creation: string, lacks: EngineLacks = {}) {
  const onBridge = request.network === 'bridge';
  const hosts = [
    ...(request.extraHosts ?? []),
    ...(request.hostsLines ?? []).map(({ address, names }) => `${names.join(' ')}:${address}`),
  ];
  return {
    name: request.name,
    ...(request.platform !== undefined && { platform: request.platform }),
    Image: request.image,
    Env: [...request.env],
    Labels: { ...request.labels, ...ownerLabels(request.owner), [LABELS.creation]: creation },
    ExposedPorts: Object.fromEntries([...request.exposed, ...request.bindings].map((port) => [portKey(port), {}])),
    ...(request.command && { Cmd: [...request.command] }),
    ...(request.entrypoint && { Entrypoint: [...request.entrypoint] }),
    ...(request.workingDir !== undefined && { WorkingDir: request.workingDir }),
    ...(request.user !== undefined && { User: request.user }),
    ...(request.hostname !== undefined && { Hostname: request.hostname }),
    ...(request.stopSignal !== undefined && { StopSignal: request.stopSignal }),
    StopTimeout: request.stopTimeoutSeconds,
    ...(request.healthcheck && { Healthcheck: healthcheck(request.healthcheck) }),
    ...writtenFields('Config', request),
    HostConfig: {
      ...limits(request),
      ...writtenFields('HostConfig', request),
      NetworkMode: onBridge ? 'default' : request.network,
      PortBindings: portBindings(request.bindings),
      ...(hosts.length > 0 && { ExtraHosts: hosts }),
      ...(onBridge && { Links: request.links.map((link) => `${link.sourceId}:${link.alias}`) }),
      ...mountsBody(request.volumes),
      ...securityBody(request),
      LogConfig: logConfig(request),
    },
    ...(isUserDefined(request.network) && {
      NetworkingConfig: {
        EndpointsConfig: {
          [request.network]: {
            Links: request.links.map((link) => `${link.sourceName}:${link.alias}`),
            ...(request.addresses.length > 0 && { IPAMConfig: ipamConfig(request.addresses) }),
            ...(request.networkAliases && { Aliases: [...request.networkAliases] }),
          },
          ...Object.fromEntries(
            lacks.severalEndpoints === undefined
              ? (request.further ?? []).map((one) => [one.network, endpointBody(one, lacks)])
              : [],
          ),
        },
      },
    }),
  };
}
