import type { Container } from '../../../openapi/client.js';
import { hashOf } from '../logic/route.js';
import { Section } from './section.js';

/** Links of a container with their addresses, and the containers that link to it. */
export function Links({ container }: { readonly container: Container }) {
  const { links, linkedBy } = container.status;
  return (
    <Section title="Links">
      {links.length + linkedBy.length === 0 && <p class="muted">None in either direction.</p>}
      {(links.length > 0 || linkedBy.length > 0) && (
        <ul class="links">
          {links.map((link) => (
            <li key={`to ${link.alias}`}>
              <span class="muted">links to</span> <Name name={link.container} />
              {link.alias !== link.container && (
                <>
                  <span class="muted"> as </span>
                  <code>{link.alias}</code>
                </>
              )}
              <span class="end">{link.address ?? <span class="muted">no address: it is not running</span>}</span>
            </li>
          ))}
          {linkedBy.map((link) => (
            <li key={`by ${link.container} ${link.alias}`}>
              <span class="muted">linked by</span> <Name name={link.container} />
              {link.alias !== container.name && (
                <>
                  <span class="muted"> as </span>
                  <code>{link.alias}</code>
                </>
              )}
            </li>
          ))}
        </ul>
      )}
    </Section>
  );
}

const Name = ({ name }: { readonly name: string }) => <a href={hashOf({ view: 'list', name })}>{name}</a>;
