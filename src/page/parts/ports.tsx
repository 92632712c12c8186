import type { Binding } from '../../../openapi/client.js';
import { type Published, publishedOf } from '../logic/address.js';
import { OpenIcon } from './icons.js';

/** Published ports, each a link to what answers there. */
export function Ports({
  bindings,
  most = Number.POSITIVE_INFINITY,
}: {
  readonly bindings: readonly Binding[];
  readonly most?: number;
}) {
  const all = publishedOf(bindings, location.hostname);
  return (
    <>
      {all.slice(0, most).map((port) => (
        <Port key={`${port.hostIp}:${port.hostPort}/${port.protocol}`} port={port} />
      ))}
      {all.length > most && <span class="muted">+{all.length - most}</span>}
    </>
  );
}

function Port({ port }: { readonly port: Published }) {
  const { hostIp, hostPort, containerPort, protocol, url } = port;
  const place = hostIp === '' ? `${hostPort}` : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${hostPort}`;
  const inside = `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;
  if (url === undefined) {
    return (
      <span class="port">
        {place}
        <span class="muted"> → {inside}</span>
      </span>
    );
  }
  return (
    <a class="port" href={url} target="_blank" rel="noreferrer" title={`Open ${url}`}>
      {place}
      <span class="muted"> → {inside}</span>
      <OpenIcon />
    </a>
  );
}
