/** Turns the server's drawing into a part of this page: its links work, and it has the list's marks. */

import type { Container } from '../../../openapi/client.js';
import { urlOfHostPort } from '../logic/address.js';
import { hashOf, routeOf } from '../logic/route.js';
import { standingOf } from '../logic/status.js';

const XLINK = 'http://www.w3.org/1999/xlink';
const CONTAINER = 'container:';
const PORT = 'port:';

/** @throws Error when it is no SVG */
export function drawingOf(text: string): SVGSVGElement {
  const { documentElement } = new DOMParser().parseFromString(text, 'image/svg+xml');
  if (!(documentElement instanceof SVGSVGElement)) throw new Error('The server did not return the graph as SVG.');
  const svg = document.importNode(documentElement, true);
  // One point of the drawing is one pixel here, so its text is as large as the text around it.
  for (const side of ['width', 'height'])
    svg.setAttribute(side, String(Number.parseFloat(svg.getAttribute(side) ?? '')));
  for (const link of svg.querySelectorAll<SVGAElement>('a')) lead(link);
  return svg;
}

/** Links a container to its panel beside the graph, or a host port to the service behind it. */
function lead(link: SVGAElement): void {
  const target = link.getAttributeNS(XLINK, 'href');
  const node = link.closest('.node');
  link.removeAttributeNS(XLINK, 'href');
  if (target?.startsWith('#') === true) {
    const to = routeOf(target);
    if (to.view !== 'list') return;
    link.setAttribute('href', hashOf({ ...to, view: 'graph' }));
    // The focus is restored by this id after the graph is redrawn, or the panel is closed.
    link.setAttribute('id', `graph-${to.name}`);
  } else if (node?.id.startsWith(PORT) === true) {
    const url = urlOfHostPort(node.id.slice(PORT.length), location.hostname);
    if (url === undefined) return;
    link.setAttribute('href', url);
    link.setAttribute('target', '_blank');
    link.setAttribute('rel', 'noreferrer');
  }
}

const TONE = /\btone-\w+/g;

/** Gives each container the tone that it has in the list, and marks the selected one. */
export function mark(svg: SVGSVGElement, containers: ReadonlyMap<string, Container>, chosen: string | undefined): void {
  for (const node of svg.querySelectorAll('.node')) {
    if (!node.id.startsWith(CONTAINER)) continue;
    const name = node.id.slice(CONTAINER.length);
    const container = containers.get(name);
    const kept = (node.getAttribute('class') ?? '').replace(TONE, '').trim();
    node.setAttribute('class', container === undefined ? kept : `${kept} tone-${standingOf(container).tone}`);
    const link = node.querySelector('a');
    if (name === chosen) link?.setAttribute('aria-current', 'true');
    else link?.removeAttribute('aria-current');
  }
}
