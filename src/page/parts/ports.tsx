import type { Binding } from '../../../openapi/client.js';
import { type Published, publishedOf } from '../logic/address.js';
import { OpenIcon } from './icons.js';

/** Published ports, each a link to the service behind it. */
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

/**
 * Host ports of a stopped container: reserved for it, and bound again when it runs. Nothing answers there meanwhile.
 */
export function KeptPorts({
  reserved,
  declared,
  most = Number.POSITIVE_INFINITY,
}: {
  readonly reserved: readonly Binding[];
  /** Placeholder while no host port is reserved yet. */
  readonly declared: readonly string[];
  readonly most?: number;
}) {
  const kept = publishedOf(reserved, location.hostname);
  const texts = kept.length > 0 ? kept.map(keptText) : declared;
  if (texts.length === 0) return null;
  const more = texts.length > most ? ` +${texts.length - most}` : '';
  return (
    <span class="muted" title="Reserved; bound while the container runs">
      {texts.slice(0, most).join(', ')}
      {more}
    </span>
  );
}

const keptText = (port: Published): string => `${placeOf(port)} → ${insideOf(port)}`;

const placeOf = ({ hostIp, hostPort }: Published): string =>
  hostIp === '' ? `${hostPort}` : `${hostIp.includes(':') ? `[${hostIp}]` : hostIp}:${hostPort}`;

const insideOf = ({ containerPort, protocol }: Published): string =>
  `${containerPort}${protocol === 'tcp' ? '' : `/${protocol}`}`;

function Port({ port }: { readonly port: Published }) {
  const { url } = port;
  const [place, inside] = [placeOf(port), insideOf(port)];
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
