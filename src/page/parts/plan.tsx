import type { Plan } from '../../../openapi/client.js';
import { spaced } from '../logic/status.js';

/** What would be done on the engine, in order, and why; who would be interrupted; what would still be in the way. */
export const PlanSteps = ({ plan, under }: { readonly plan: Plan; readonly under: 'h2' | 'h3' }) => {
  // A heading is one level below the one that it stands under.
  const Heading = under === 'h2' ? 'h3' : 'h4';
  return (
    <div class="plan">
      {plan.interrupted.length > 0 && (
        <div class="interrupted">
          <Heading>Would be interrupted</Heading>
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
          <Heading>Would still be in the way</Heading>
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
        <p class="muted">None: what runs is what is declared.</p>
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
          <Heading>What each change costs</Heading>
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
  replace: 'a new container takes the place of the old one',
  stop: 'it is stopped',
  start: 'it is started',
  none: 'nothing: it runs on',
};
