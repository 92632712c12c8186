import type { Container } from '../../../openapi/client.js';
import { portText } from '../logic/form.js';
import type { Sort, SortKey } from '../logic/list.js';
import { hashOf } from '../logic/route.js';
import { standingOf } from '../logic/status.js';
import { Age } from '../parts/age.js';
import { ArrowIcon, SortIcon } from '../parts/icons.js';
import { memo } from '../parts/memo.js';
import { KeptPorts, Ports } from '../parts/ports.js';
import { Status } from '../parts/status.js';
import { go, selected } from '../state/route.js';

const COLUMNS: readonly (readonly [SortKey | 'links', string])[] = [
  ['status', 'Status'],
  ['name', 'Name'],
  ['image', 'Image'],
  ['port', 'Ports'],
  ['links', 'Links to'],
  ['created', 'Age'],
];

/** A row holds what is looked for most; the rest is in the container's panel. */
export function ContainerTable(given: {
  readonly items: readonly Container[];
  readonly sort: Sort;
  readonly sortBy: (key: SortKey) => void;
}) {
  const { items, sort, sortBy } = given;
  const chosen = selected();
  return (
    <table class="containers">
      <caption class="unseen">Containers with their ports and links</caption>
      <thead>
        <tr>
          {COLUMNS.map(([key, word]) => (
            <th key={key} scope="col" class={key} aria-sort={ariaSort(key, sort)}>
              {key === 'links' ? (
                word
              ) : (
                <button type="button" onClick={() => sortBy(key)}>
                  {word}
                  {sort.by === key && <SortIcon descending={sort.descending} />}
                </button>
              )}
            </th>
          ))}
        </tr>
      </thead>
      <tbody>
        {items.map((one) => (
          <Row key={one.uid} container={one} isChosen={one.name === chosen} />
        ))}
      </tbody>
    </table>
  );
}

const ariaSort = (key: string, sort: Sort) =>
  sort.by === key ? (sort.descending ? ('descending' as const) : ('ascending' as const)) : undefined;

const Row = memo(function Row({ container, isChosen }: { readonly container: Container; readonly isChosen: boolean }) {
  const { name, image, links, ports, status, createdAt } = container;
  const { tone, why } = standingOf(container);
  return (
    <tr class={isChosen ? 'chosen' : ''} onClick={(event) => openRow(event, name)}>
      <td class="status">
        <Status container={container} />
      </td>
      <th scope="row" class="name">
        <a
          href={hashOf({ view: 'list', name })}
          id={`row-${name}`}
          {...(isChosen && { 'aria-current': 'true' as const })}
        >
          {name}
        </a>
        {(tone === 'failing' || tone === 'working') && why !== '' && <span class={`why ${tone}`}>{why}</span>}
        <span class="narrow image">{image}</span>
      </th>
      <td class="image">
        <span title={image}>{image}</span>
      </td>
      <td class="port">
        <Ports bindings={status.ports} most={3} />
        {status.ports.length === 0 && <KeptPorts reserved={status.reserved} declared={ports.map(portText)} most={3} />}
      </td>
      <td class="links">
        {links.map((link) => (
          <a key={link.alias} class="link" href={hashOf({ view: 'list', name: link.container })}>
            <ArrowIcon />
            {link.container}
          </a>
        ))}
      </td>
      <td class="created">
        <Age time={createdAt} />
      </td>
    </tr>
  );
});

/** The whole row is something to point at; what in it is a link of its own stays that. */
function openRow(event: MouseEvent, name: string): void {
  const isOwn = event.target instanceof Element && event.target.closest('a, button') !== null;
  if (!isOwn && getSelection()?.isCollapsed !== false) go({ view: 'list', name });
}
