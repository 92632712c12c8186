import type { Binding } from '../../../openapi/client.js';

/** A published port as a person opens it. */
export interface Published {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
  /** URL for a browser; undefined if it is not TCP. */
  readonly url: string | undefined;
}

const EVERY: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/**
 * Returns the published ports of a container as a person sees them. A port that is bound to every interface, for IPv4
 * and for IPv6, appears once, under the host name of this page.
 */
export function publishedOf(bindings: readonly Binding[], pageHost: string): readonly Published[] {
  const seen = new Map<string, Published>();
  for (const { hostIp, hostPort, containerPort, protocol } of bindings) {
    const isEvery = EVERY.has(hostIp);
    const key = `${isEvery ? '*' : hostIp} ${hostPort} ${containerPort} ${protocol}`;
    if (seen.has(key)) continue;
    const host = isEvery ? pageHost : hostIp.includes(':') ? `[${hostIp}]` : hostIp;
    const url = protocol === 'tcp' ? `http://${host}:${hostPort}/` : undefined;
    seen.set(key, { hostIp: isEvery ? '' : hostIp, hostPort, containerPort, protocol, url });
  }
  return [...seen.values()].sort((a, b) => a.containerPort - b.containerPort || a.hostPort - b.hostPort);
}

/**
 * Returns the URL of a host port of the graph, such as `8080/tcp` or `127.0.0.1:8080/tcp`; undefined if it is not TCP.
 */
export function urlOfHostPort(text: string, pageHost: string): string | undefined {
  const [, address, port, protocol] = /^(?:(.*):)?(\d+)\/(\w+)$/.exec(text) ?? [];
  if (protocol !== 'tcp') return undefined;
  const host = address === undefined || EVERY.has(address.replace(/^\[(.*)\]$/, '$1')) ? pageHost : address;
  return `http://${host}:${port}/`;
}
