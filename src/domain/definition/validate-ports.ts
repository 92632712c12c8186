/** The ports of a definition: texts and objects read, ranges expanded, and what can't be together found. */

import { createClaimIndex } from '../ports/claim-index.js';
import type { PortClaim } from '../ports/conflicts.js';
import { canonicalIp } from '../ports/ip.js';
import {
  expandPortSpec,
  formatPortMapping,
  type PortSpec,
  parsePortRange,
  portKey,
  readExpose,
  readPortSpec,
  sizeOf,
} from '../ports/parse.js';
import { type FieldFault, failure, type Part, pointer, type Result, success } from '../problems/result.js';
import type { ContainerPort, DefinitionInput, PortMapping, PortMappingInput, Rules } from './definition.js';

/** Maximum number of single ports in `ports` and in `expose`: every published one is a claim, a rule and a process. */
export const MAX_PORTS = 4096;

/** Rules of `ports` and `expose`. */
export const PORT_RULES = { expose: declareExpose, ports: declarePorts } satisfies Partial<Rules>;

/** Reads `ports`: each entry's own faults, then entries that are there twice or want the same host port. */
function declarePorts(inputs: NonNullable<DefinitionInput['ports']>): Part<readonly PortMapping[]> {
  const read = inputs.map((input) => (typeof input === 'string' ? readPortSpec(input) : readMapping(input)));
  const { value, faults } = expandAll('ports', read);
  return {
    value: value.map(({ mapping }) => mapping),
    faults: [...faults, ...findRepeated(value), ...findColliding(value)],
  };
}

/** Reads `expose` to single ports, each once: `["8000/udp", "8001/udp"]`. */
function declareExpose(inputs: readonly string[]): Part<readonly string[]> {
  const { value, faults } = expandAll('expose', inputs.map(readExpose));
  return { value: [...new Set(value.map(({ mapping }) => portKey(mapping satisfies ContainerPort)))], faults };
}

/** A single mapping, and the index of the entry it comes from. */
interface Entry {
  readonly mapping: PortMapping;
  readonly index: number;
  /** The mapping as text. */
  readonly text: string;
}

/** Ranges are counted before they are expanded: a short text can stand for 65535 ports. */
function expandAll(field: string, read: readonly Result<PortSpec>[]): Part<readonly Entry[]> {
  const faults = read.flatMap((spec, index) =>
    spec.ok ? [] : [{ pointer: pointer(field, index), message: spec.message }],
  );
  const count = read.reduce((sum, spec) => sum + (spec.ok ? sizeOf(spec.value.container) : 0), 0);
  if (count > MAX_PORTS) {
    const message = `this expands to ${count} ports, and at most ${MAX_PORTS} are allowed; use smaller ranges`;
    return { value: [], faults: [...faults, { pointer: pointer(field), message }] };
  }
  const value = read.flatMap((spec, index) =>
    spec.ok ? expandPortSpec(spec.value).map((mapping) => ({ mapping, index, text: formatPortMapping(mapping) })) : [],
  );
  return { value, faults };
}

function readMapping(input: PortMappingInput): Result<PortSpec> {
  const hostIp = input.hostIp === undefined || input.hostIp === '' ? undefined : canonicalIp(input.hostIp);
  if (input.hostIp !== undefined && input.hostIp !== '' && hostIp === undefined) {
    return failure(`hostIp ${JSON.stringify(input.hostIp)} is not an IP address; write it without brackets or a zone`);
  }
  if (input.hostPort !== undefined && input.hostPortRange !== undefined) {
    return failure("hostPort and hostPortRange can't be combined; leave one out");
  }
  const wrong = [input.hostPort, input.containerPort].find((port) => port !== undefined && !isPort(port));
  if (wrong !== undefined && (wrong !== 0 || input.containerPort === 0)) {
    return failure(`${wrong} is not a port; write a whole number from 1 to 65535, or host port 0 to have one picked`);
  }
  const host = readHost(input);
  if (!host.ok) {
    return host;
  }
  return success({
    ...(hostIp === undefined ? {} : { hostIp }),
    ...(host.value === undefined ? {} : { host: host.value }),
    container: { from: input.containerPort, to: input.containerPort },
    protocol: input.protocol ?? 'tcp',
  });
}

function readHost(input: PortMappingInput): Result<PortSpec['host']> {
  if (input.hostPortRange === undefined) {
    return success(input.hostPort ? { from: input.hostPort, to: input.hostPort } : undefined);
  }
  const range = parsePortRange(input.hostPortRange);
  return range.ok ? range : failure(`hostPortRange ${range.message}`);
}

function isPort(port: number): boolean {
  return Number.isInteger(port) && port >= 1 && port <= 65535;
}

function findRepeated(entries: readonly Entry[]): readonly FieldFault[] {
  const first = new Map<string, number>();
  const faults: FieldFault[] = [];
  for (const { text, index } of entries) {
    const earlier = first.get(text);
    if (earlier === undefined) first.set(text, index);
    else {
      const message = `${text} is already in ports/${earlier}; remove the duplicate`;
      faults.push({ pointer: pointer('ports', index), message });
    }
  }
  return oncePerEntry(faults);
}

/** Only among declared numbers: what Berth picks itself goes round them. An entry that repeats another is told as that. */
function findColliding(entries: readonly Entry[]): readonly FieldFault[] {
  const claims = createClaimIndex<PortClaim & { readonly entry: Entry }>();
  const seen = new Set<string>();
  const faults: FieldFault[] = [];
  for (const entry of entries) {
    const { hostIp, hostPort, protocol } = entry.mapping;
    if (hostPort === undefined || seen.has(entry.text)) continue;
    seen.add(entry.text);
    const claim = { hostIp, hostPort, protocol, entry };
    const earlier = claims.colliding(claim);
    claims.add(claim);
    if (earlier !== undefined) faults.push(collision(earlier.entry, entry));
  }
  return oncePerEntry(faults);
}

function collision(earlier: Entry, entry: Entry): FieldFault {
  return {
    pointer: pointer('ports', entry.index),
    message: `${entry.text} needs the same host port as ${earlier.text} in ports/${earlier.index}; choose another host port or address`,
  };
}

/** A range that repeats another one is one fault, not one for each of its ports. */
function oncePerEntry(faults: readonly FieldFault[]): readonly FieldFault[] {
  return [...new Map(faults.toReversed().map((fault) => [fault.pointer, fault])).values()].reverse();
}
