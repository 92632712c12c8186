import type { Container } from '../../../openapi/client.js';
import { portText } from '../logic/form.js';
import { KeptPorts, Ports } from '../parts/ports.js';
import { Section } from './section.js';

/** Ports of a container: bound ones as links, and the declared ones while none is bound. */
export function PortList({ container }: { readonly container: Container }) {
  const { ports, reserved } = container.status;
  return (
    <Section title="Ports">
      {ports.length > 0 && (
        <p class="ports">
          <Ports bindings={ports} />
        </p>
      )}
      {ports.length === 0 && reserved.length + container.ports.length > 0 && (
        <p class="ports">
          <KeptPorts reserved={reserved} declared={container.ports.map(portText)} />
          <span class="muted">reserved; bound while the container runs</span>
        </p>
      )}
      {ports.length === 0 && reserved.length + container.ports.length === 0 && <p class="muted">None published.</p>}
    </Section>
  );
}
