/** `ports` and `expose` of a service. */

import type { PortMappingInput, Protocol } from '../../definition/definition.js';
import { parseInteger } from '../../docker/values.js';
import { canonicalIp } from '../../ports/ip.js';
import { type PortSpec, parsePortRange, readPortSpec } from '../../ports/parse.js';
import { pointer, success } from '../../problems/result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { PORT_KEYS } from './keys/network.js';
import { addFault, checkKeys, child, itemsOf, parsed, type Reading, stringOf, textOf } from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

const PROTOCOLS: readonly string[] = ['tcp', 'udp', 'sctp'] satisfies readonly Protocol[];

/** A short form is a `-p` text and stays one; what is wrong with it is found where definitions are checked. */
export function readPorts(reading: Reading, draft: Draft, service: MapTree): void {
  const tree = child(service, 'ports');
  const ports = withoutDoubles(
    itemsOf(reading, tree).flatMap((item) => {
      const port = item.kind === 'map' ? readLong(reading, item) : textOf(reading, item);
      return port === undefined ? [] : [{ port, item }];
    }),
  );
  if (ports.length > 0)
    put(
      draft,
      'ports',
      ports.map(({ port }) => port),
      tree,
    );
  for (const [index, { item }] of ports.entries()) setOrigin(draft, pointer('ports', index), item);
}

interface PlacedPort {
  readonly port: string | PortMappingInput;
  readonly item: Tree;
}

/** One of each mapping, however it is written. Rule: compose-go, `override.EnforceUnicity`. */
function withoutDoubles(ports: readonly PlacedPort[]): readonly PlacedPort[] {
  return [...new Map(ports.map((one, index) => [keyOf(one.port) ?? `${index}`, one])).values()];
}

/** A text that equal mappings have alike; undefined for one that is wrong. Ranges are not expanded for it. */
function keyOf(port: PlacedPort['port']): string | undefined {
  const spec = typeof port === 'string' ? readPortSpec(port) : success(specOf(port));
  if (!spec.ok) return undefined;
  const { hostIp = '0.0.0.0', host, container, protocol } = spec.value;
  return JSON.stringify([hostIp, host?.from, host?.to, container.from, container.to, protocol]);
}

function specOf({ hostIp, hostPort, hostPortRange, containerPort, protocol = 'tcp' }: PortMappingInput): PortSpec {
  const range = hostPortRange === undefined ? undefined : parsePortRange(hostPortRange);
  const host = hostPort === undefined ? (range?.ok ? range.value : undefined) : { from: hostPort, to: hostPort };
  return {
    ...(hostIp !== undefined && { hostIp: canonicalIp(hostIp) ?? hostIp }),
    ...(host !== undefined && { host }),
    container: { from: containerPort, to: containerPort },
    protocol,
  };
}

export function readExpose(reading: Reading, draft: Draft, service: MapTree): void {
  const tree = child(service, 'expose');
  const all = itemsOf(reading, tree).flatMap((item) => {
    const text = textOf(reading, item);
    return text === undefined ? [] : [{ text, item }];
  });
  const items = [...new Map(all.map((one) => [one.text, one])).values()];
  if (items.length > 0)
    put(
      draft,
      'expose',
      items.map(({ text }) => text),
      tree,
    );
  for (const [index, { item }] of items.entries()) setOrigin(draft, pointer('expose', index), item);
}

function readLong(reading: Reading, port: MapTree): PortMappingInput | undefined {
  checkKeys(reading, port, PORT_KEYS, 'a port');
  const target = child(port, 'target');
  if (target === undefined) return addFault(reading, port, "target is missing: the container's port");
  const containerPort = parsed(reading, target, parseInteger);
  const published = child(port, 'published');
  const hostIp = stringOf(reading, child(port, 'host_ip'));
  const protocol = protocolOf(reading, child(port, 'protocol'));
  const host = readPublished(reading, published);
  if (containerPort === undefined || host === undefined || protocol === undefined) return undefined;
  return { ...(hostIp !== undefined && hostIp !== '' && { hostIp }), ...host, containerPort, protocol };
}

function protocolOf(reading: Reading, tree: Tree | undefined): Protocol | undefined {
  const text = stringOf(reading, tree)?.toLowerCase() ?? 'tcp';
  if (PROTOCOLS.includes(text)) return text as Protocol;
  return tree && addFault(reading, tree, `${JSON.stringify(text)} is not a protocol; write tcp, udp or sctp`);
}

/** Nothing and 0 both mean any. */
function readPublished(
  reading: Reading,
  tree: Tree | undefined,
): Pick<PortMappingInput, 'hostPort' | 'hostPortRange'> | undefined {
  const text = textOf(reading, tree) ?? '';
  if (tree !== undefined && tree.kind !== 'scalar') return undefined;
  if (text === '' || text === '0') return {};
  if (text.includes('-')) return { hostPortRange: text };
  const hostPort = parsed(reading, tree, parseInteger);
  return hostPort === undefined ? undefined : { hostPort };
}
