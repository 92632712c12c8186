import type { Container } from '../../../openapi/client.js';
import { portText } from '../logic/form.js';
import { Ports } from '../parts/ports.js';
import { Section } from './section.js';

/** Where it is reached: bound ports as links, and what is declared while nothing is bound. */
export function PortList({ container }: { readonly container: Container }) {
  const { ports } = container.status;
  return (
    <Section title="Ports">
      {ports.length > 0 && (
        <p class="ports">
          <Ports bindings={ports} />
        </p>
      )}
      {ports.length === 0 && container.ports.length > 0 && (
        <p class="ports">
          {container.ports.map((one) => (
            <code key={portText(one)}>{portText(one)}</code>
          ))}
          <span class="muted">kept, and bound while it runs</span>
        </p>
      )}
      {ports.length === 0 && container.ports.length === 0 && <p class="muted">None is published.</p>}
    </Section>
  );
}
