import type { Plan } from '../../../openapi/client.js';
import { spaced } from '../logic/status.js';

/**
 * Plan for the engine: its steps in order with their reasons, the interrupted containers, and the remaining obstacles.
 */
export const PlanSteps = ({ plan, under }: { readonly plan: Plan; readonly under: 'h2' | 'h3' }) => {
  // The heading is one level below the one above it.
  const Heading = under === 'h2' ? 'h3' : 'h4';
  return (
    <div class="plan">
      {plan.interrupted.length > 0 && (
        <div class="interrupted">
          <Heading>Interrupted containers</Heading>
          <ul>
            {plan.interrupted.map((one) => (
              <li key={one.container}>
                <b>{one.container}</b> {one.reason}
              </li>
            ))}
          </ul>
        </div>
      )}
      {plan.obstacles.length > 0 && (
        <div class="obstacles">
          <Heading>Remaining problems</Heading>
          <ul>
            {plan.obstacles.map((one) => (
              <li key={`${one.container} ${one.condition}`}>
                <b>{one.container}</b> {spaced(one.reason)}: {one.message}
              </li>
            ))}
          </ul>
        </div>
      )}
      <Heading>Steps on the engine</Heading>
      {plan.actions.length === 0 ? (
        <p class="muted">None: the container already matches the definition.</p>
      ) : (
        <ol class="steps">
          {plan.actions.map((one, at) => (
            <li key={at}>
              <b>{one.action}</b>
              <span>
                {one.target} <span class="muted">{one.reason}</span>
              </span>
            </li>
          ))}
        </ol>
      )}
      {plan.changes.length > 0 && (
        <>
          <Heading>Effect of each change</Heading>
          <ul class="changes">
            {plan.changes.map((one) => (
              <li key={`${one.container} ${one.field}`}>
                <code>{one.field}</code> {COSTS[one.costs]}
              </li>
            ))}
          </ul>
        </>
      )}
    </div>
  );
};

const COSTS: Readonly<Record<Plan['changes'][number]['costs'], string>> = {
  replace: 'the container is replaced',
  stop: 'the container is stopped',
  start: 'the container is started',
  reconnect: 'the container is connected to networks or disconnected',
  none: 'none: the container keeps running',
};
