import type { Container } from '../../../openapi/client.js';
import { Section } from './section.js';

/** The names of its variables. The values may be secrets, and are left where they are. */
export function Variables({ container }: { readonly container: Container }) {
  const names = Object.keys(container.env).sort();
  const prefixes = container.status.links.map((link) => link.envPrefix);
  return (
    <Section title="Variables">
      {names.length === 0 && prefixes.length === 0 && <p class="muted">None declared.</p>}
      <ul class="names">
        {names.map((name) => (
          <li key={name}>
            <code>{name}</code>
          </li>
        ))}
        {prefixes.map((prefix) => (
          <li key={`${prefix}_`}>
            <code>{prefix}_*</code> <span class="muted">from a link</span>
          </li>
        ))}
      </ul>
    </Section>
  );
}
