/** Port mappings: the `-p` and `--expose` grammars. */

import type { ContainerPort, PortMapping, Protocol } from '../definition/definition.js';
import { failure, type Result, success } from '../problems/result.js';
import { canonicalIp, joinHostPort } from './ip.js';

/** Both ends included, 1 to 65535. */
export interface PortRange {
  readonly from: number;
  readonly to: number;
}

/** A `-p` text read, its ranges not yet expanded. */
export interface PortSpec {
  readonly hostIp?: string;
  /** Host ports: as many as `container` has, or any number where that is one port. */
  readonly host?: PortRange;
  readonly container: PortRange;
  readonly protocol: Protocol;
}

const PROTOCOLS: readonly string[] = ['tcp', 'udp', 'sctp'] satisfies readonly Protocol[];
/** The engine picks a port for host port 0. */
const PICKED = /^0+(?:-0+)?$/;
const FORMS =
  'write containerPort, hostPort:containerPort, ip:hostPort:containerPort or ip::containerPort, ' +
  'with IPv6 addresses in brackets, ranges as 8000-8010, and /tcp, /udp or /sctp at the end';

/**
 * Reads the whole `-p` grammar into single mappings.
 * Rule: docker/go-connections, `nat.ParsePortSpec`. Host port 0 has one picked, as on the engine. Stricter in three points
 * where a mapping could not mean anything: container port 0, a sign before a number, and empty brackets are refused.
 */
export function parsePortSpec(text: string): Result<readonly PortMapping[]> {
  const spec = readPortSpec(text);
  return spec.ok ? success(expandPortSpec(spec.value)) : spec;
}

/** {@link parsePortSpec} without expanding ranges, so that their size can be looked at first. */
export function readPortSpec(text: string): Result<PortSpec> {
  const { ip, host, container } = splitSpec(text);
  const ports = readContainerPorts(container);
  if (!ports.ok) {
    return failure(`${quote(text)}: ${ports.message}; ${FORMS}`);
  }
  const address = readIp(ip);
  if (!address.ok) {
    return failure(`${quote(text)}: ${address.message}; ${FORMS}`);
  }
  const { range, protocol } = ports.value;
  const base = { ...(address.value === undefined ? {} : { hostIp: address.value }), container: range, protocol };
  if (host === '' || (PICKED.test(host) && sizeOf(range) === 1)) {
    return success(base);
  }
  const hostRange = readRange(host);
  if (!hostRange.ok) {
    const onAddress = `; to have Berth pick a host port on that address, write ${host}::${container}`;
    const alone = /^0/.test(host) ? `; to have Berth pick a host port, write ${container} alone` : '';
    const hint = canonicalIp(host) === undefined ? alone : onAddress;
    return failure(`${quote(text)}: the host port ${hostRange.message}${hint}; ${FORMS}`);
  }
  if (sizeOf(range) > 1 && sizeOf(range) !== sizeOf(hostRange.value)) {
    return failure(
      `${quote(text)} maps ${sizeOf(hostRange.value)} host ports to ${sizeOf(range)} container ports; ` +
        'write two ranges of the same length, or a single container port',
    );
  }
  return success({ ...base, host: hostRange.value });
}

/** One mapping for each container port of a spec. */
export function expandPortSpec(spec: PortSpec): readonly PortMapping[] {
  const { hostIp, host, container, protocol } = spec;
  const count = sizeOf(container);
  const where = hostIp === undefined ? {} : { hostIp };
  if (host !== undefined && (count > 1 || sizeOf(host) === 1)) {
    return Array.from({ length: count }, (_, index) => ({
      ...where,
      hostPort: host.from + index,
      containerPort: container.from + index,
      protocol,
    }));
  }
  const range = host === undefined ? {} : { hostPortRange: formatPortRange(host) };
  return Array.from({ length: count }, (_, index) => ({
    ...where,
    ...range,
    containerPort: container.from + index,
    protocol,
  }));
}

/** The shortest `-p` text of a mapping: the inverse of {@link parsePortSpec} for single mappings. */
export function formatPortMapping(mapping: PortMapping): string {
  const { hostIp, containerPort, protocol } = mapping;
  const host = mapping.hostPort ?? mapping.hostPortRange ?? '';
  const container = protocol === 'tcp' ? `${containerPort}` : `${containerPort}/${protocol}`;
  if (hostIp !== undefined) {
    return `${joinHostPort(hostIp, host)}:${container}`;
  }
  return host === '' ? container : `${host}:${container}`;
}

/** Reads `--expose`: `3306`, `3306/tcp`, `8000-8010/udp`. Rule: docker/cli, `runconfig/opts` parse of expose. */
export function parseExpose(text: string): Result<readonly ContainerPort[]> {
  const read = readExpose(text);
  return read.ok ? success(expandPortSpec(read.value)) : read;
}

/** {@link parseExpose} without expanding the range. */
export function readExpose(text: string): Result<PortSpec> {
  const form = 'write 3306, 3306/tcp or 8000-8010/udp';
  if (text.includes(':')) {
    return failure(`${quote(text)}: an exposed port has no host address or port, use ports for that; ${form}`);
  }
  const ports = readContainerPorts(text);
  if (!ports.ok) {
    return failure(`${quote(text)}: ${ports.message}; ${form}`);
  }
  return success({ container: ports.value.range, protocol: ports.value.protocol });
}

/** `3306/tcp`: what the engine calls a container's port. */
export function portKey(port: ContainerPort): string {
  return `${port.containerPort}/${port.protocol}`;
}

/** Reads `49000-49900`, or one port as a range of one. */
export function parsePortRange(text: string): Result<PortRange> {
  const range = readRange(text);
  return range.ok ? range : failure(`${quote(text)} ${range.message}; write a range such as 49000-49900`);
}

/** `8000-8010`, and one port for a range of one. */
function formatPortRange(range: PortRange): string {
  return range.from === range.to ? `${range.from}` : `${range.from}-${range.to}`;
}

/** Number of ports in a range. */
export function sizeOf(range: PortRange): number {
  return range.to - range.from + 1;
}

/** The last two colons divide: what stands before them is the address, colons of a bare IPv6 address included. */
function splitSpec(text: string): { readonly ip: string; readonly host: string; readonly container: string } {
  const parts = text.split(':');
  return { ip: parts.slice(0, -2).join(':'), host: parts.at(-2) ?? '', container: parts.at(-1) ?? '' };
}

function readContainerPorts(text: string): Result<{ readonly range: PortRange; readonly protocol: Protocol }> {
  const slash = text.indexOf('/');
  const ports = slash === -1 ? text : text.slice(0, slash);
  const named = slash === -1 ? '' : text.slice(slash + 1).toLowerCase();
  if (ports === '') {
    return failure('the container port is missing');
  }
  const protocol = named === '' ? 'tcp' : named;
  if (!isProtocol(protocol)) {
    return failure(`${quote(named)} is not a protocol`);
  }
  const range = readRange(ports);
  return range.ok ? success({ range: range.value, protocol }) : failure(`the container port ${range.message}`);
}

function readIp(text: string): Result<string | undefined> {
  if (text === '') {
    return success(undefined);
  }
  const bracketed = text.startsWith('[');
  if (bracketed && !text.endsWith(']')) {
    return failure(`the address ${quote(text)} has no closing bracket, or the port after it is missing`);
  }
  const address = canonicalIp(bracketed ? text.slice(1, -1) : text);
  return address === undefined ? failure(`${quote(text)} is not an IP address`) : success(address);
}

function readRange(text: string): Result<PortRange> {
  const match = /^(\d+)(?:-(\d+))?$/.exec(text);
  if (match === null) {
    return failure(`${quote(text)} is neither a number nor a range`);
  }
  const from = Number(match[1]);
  const to = match[2] === undefined ? from : Number(match[2]);
  const wrong = [from, to].find((port) => port < 1 || port > 65535);
  if (wrong !== undefined) {
    return failure(`${quote(text)} is not between 1 and 65535`);
  }
  return from > to ? failure(`${quote(text)} ends before it begins`) : success({ from, to });
}

function isProtocol(text: string): text is Protocol {
  return PROTOCOLS.includes(text);
}

function quote(text: string): string {
  return JSON.stringify(text);
}

/** Container ports without repetitions. */
export const uniquePorts = (ports: readonly ContainerPort[]): readonly ContainerPort[] => [
  ...new Map(
    ports.map(({ containerPort, protocol }) => [`${containerPort}/${protocol}`, { containerPort, protocol }]),
  ).values(),
];
