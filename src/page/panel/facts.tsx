import type { ComponentChildren } from 'preact';
import type { Container } from '../../../openapi/client.js';
import { Age } from '../parts/age.js';
import { Section } from './section.js';

/** Networks of a container with its aliases and addresses there. */
function Networks({ container: { networks = [], status } }: { readonly container: Container }) {
  return networks.map(({ name, aliases = [] }) => {
    const addresses = status.addresses.filter(({ network }) => network === name).map(({ address }) => address);
    return (
      <div key={name}>
        {[name, ...addresses, ...(aliases.length > 0 ? [`as ${aliases.join(', ')}`] : [])].join(' · ')}
      </div>
    );
  });
}

/** Returns the restart policy with its limit, as `--restart` has it. */
const restartsOf = ({ restartPolicy, restartMaxRetries = 0 }: Container): string =>
  restartMaxRetries === 0 ? restartPolicy : `${restartPolicy}:${restartMaxRetries}`;

/** Returns the mounts as `-v` and `--tmpfs` have them. */
const mountsOf = ({ volumes, tmpfs = [] }: Container): readonly string[] => [
  ...volumes.map(({ volume, target, readOnly }) => `${volume}:${target}${readOnly ? ':ro' : ''}`),
  ...tmpfs.map((one) => `tmpfs ${one}`),
];

/** Facts about a container, from its definition and from the engine. */
export function Facts({ container }: { readonly container: Container }) {
  const { container: running } = container.status;
  const mounts = mountsOf(container);
  const facts: readonly (readonly [string, ComponentChildren])[] = [
    ['Image', <code key="image">{container.image}</code>],
    ...(container.command ? [['Command', <code key="command">{container.command.join(' ')}</code>] as const] : []),
    container.networks === undefined
      ? ['Network', container.network]
      : ['Networks', <Networks key="networks" container={container} />],
    ...(mounts.length === 0 ? [] : [['Mounts', <code key="mounts">{mounts.join(', ')}</code>] as const]),
    ['Restart policy', restartsOf(container)],
    ...startFacts(container),
    ...(container.logDriver === undefined ? [] : [['Log driver', container.logDriver] as const]),
    ['Generation', `${container.generation}, on the engine: ${container.status.observedGeneration || 'none'}`],
    ['Declared', <Age key="age" time={container.createdAt} />],
    ...(container.set === null ? [] : [['Set', container.set] as const]),
    ...(running === null
      ? [['On the engine', 'no container'] as const]
      : ([
          ['On the engine', `${running.state}, ${running.id.slice(0, 12)}`],
          ['Address', running.ipAddress ?? 'none'],
          ...(running.startedAt === null ? [] : [['Started', <Age key="started" time={running.startedAt} />] as const]),
          ...(running.exitCode === null ? [] : [['Exit code', String(running.exitCode)] as const]),
          ...(running.restartCount === 0 ? [] : [['Restarts', String(running.restartCount)] as const]),
        ] as const)),
  ];
  return (
    <Section title="Details">
      <dl class="facts">
        {facts.map(([what, value]) => (
          <div key={what}>
            <dt>{what}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
    </Section>
  );
}

/** Facts about the order of starts, as far as the definition changes it. */
function startFacts({
  dependsOn = [],
  boot,
  onUnhealthy,
}: Container): readonly (readonly [string, ComponentChildren])[] {
  const texts = dependsOn.map(({ container, condition = 'started', required }) => {
    const optional = required === false ? ', if it is there' : '';
    return `${container} (${condition}${optional})`;
  });
  return [
    ...(texts.length === 0 ? [] : [['Depends on', texts.join(', ')] as const]),
    ...(boot === 'held' ? [['At boot', 'held: only Berth starts it'] as const] : []),
    ...(onUnhealthy === 'restart' ? [['If unhealthy', 'Berth restarts it'] as const] : []),
  ];
}
