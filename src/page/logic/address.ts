import type { Binding } from '../../../openapi/client.js';

/** A published port as a person opens it. */
export interface Published {
  readonly hostIp: string;
  readonly hostPort: number;
  readonly containerPort: number;
  readonly protocol: string;
  /** Where a browser finds it; undefined for what is not TCP. */
  readonly url: string | undefined;
}

const EVERY: ReadonlySet<string> = new Set(['0.0.0.0', '::', '']);

/**
 * The published ports of a container, one for each that a person sees: bound to every interface as IPv4 and as IPv6 is
 * once, and is found at the name that this page was found at.
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

/** Where a browser finds a host port as the graph writes it, `8080/tcp` or `127.0.0.1:8080/tcp`; undefined if it is not TCP. */
export function urlOfHostPort(text: string, pageHost: string): string | undefined {
  const [, address, port, protocol] = /^(?:(.*):)?(\d+)\/(\w+)$/.exec(text) ?? [];
  if (protocol !== 'tcp') return undefined;
  const host = address === undefined || EVERY.has(address.replace(/^\[(.*)\]$/, '$1')) ? pageHost : address;
  return `http://${host}:${port}/`;
}
