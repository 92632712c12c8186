import { useEffect, useRef } from 'preact/hooks';
import type { Container } from '../../../openapi/client.js';
import { hashOf } from '../logic/route.js';
import { CloseIcon } from '../parts/icons.js';
import { Status } from '../parts/status.js';
import { fleet } from '../state/live.js';
import { isNarrow } from '../state/narrow.js';
import { go, route } from '../state/route.js';
import { Actions } from './actions.js';
import { Conditions } from './conditions.js';
import { Events } from './events.js';
import { Facts } from './facts.js';
import { Links } from './links.js';
import { Logs } from './logs.js';
import { PortList } from './port-list.js';
import { Variables } from './variables.js';

/** Panel with everything about one container, beside the list or graph where it was selected. */
export function Panel({ name }: { readonly name: string }) {
  const heading = useRef<HTMLHeadingElement>(null);
  const view = route.value.view === 'graph' ? 'graph' : 'list';
  const close = () => go({ view, name: undefined });
  useEffect(() => {
    heading.current?.focus();
    const onKey = (event: KeyboardEvent) => {
      if (event.key === 'Escape' && document.querySelector('dialog[open]') === null) close();
    };
    addEventListener('keydown', onKey);
    return () => {
      removeEventListener('keydown', onKey);
      // Returns the focus to the row or node that opened the panel.
      requestAnimationFrame(() => {
        if (document.activeElement === document.body)
          document.getElementById(`${view === 'graph' ? 'graph' : 'row'}-${name}`)?.focus();
      });
    };
  }, []);
  const container = fleet.containers.value.get(name);
  return (
    // Where it takes the place of the list it is what the page is about.
    // biome-ignore lint/a11y/useAriaPropsSupportedByRole: both roles take a label
    <div class="panel" role={isNarrow.value ? 'main' : 'complementary'} aria-labelledby="panel-title">
      <div class="panel-head">
        <h2 id="panel-title" ref={heading} tabIndex={-1}>
          {name}
        </h2>
        {container !== undefined && <Status container={container} />}
        <a class="button quiet" href={hashOf({ view, name: undefined })} aria-label={`Close ${name}`}>
          <CloseIcon />
        </a>
      </div>
      {container === undefined ? <Missing name={name} /> : <Content container={container} />}
    </div>
  );
}

function Missing({ name }: { readonly name: string }) {
  if (!fleet.loaded.value) return <p class="nothing">Loading …</p>;
  return <p class="nothing">Container "{name}" not found: it was removed or never declared.</p>;
}

const Content = ({ container }: { readonly container: Container }) => (
  <>
    <Actions container={container} />
    <Conditions container={container} />
    <PortList container={container} />
    <Links container={container} />
    <Logs container={container} />
    <Events name={container.name} uid={container.uid} />
    <Variables container={container} />
    <Facts container={container} />
  </>
);
