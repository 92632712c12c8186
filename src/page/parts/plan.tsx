import type { Plan } from '../../../openapi/client.js';
import { spaced } from '../logic/status.js';

/** What would be done on the engine, in order, and why; who would be interrupted; what would still be in the way. */
export const PlanSteps = ({ plan }: { readonly plan: Plan }) => (
  <div class="plan">
    {plan.interrupted.length > 0 && (
      <div class="interrupted">
        <h4>Would be interrupted</h4>
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
        <h4>Would still be in the way</h4>
        <ul>
          {plan.obstacles.map((one) => (
            <li key={`${one.container} ${one.condition}`}>
              <b>{one.container}</b> {spaced(one.reason)}: {one.message}
            </li>
          ))}
        </ul>
      </div>
    )}
    <h4>Steps on the engine</h4>
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
        <h4>What each change costs</h4>
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

const COSTS: Readonly<Record<Plan['changes'][number]['costs'], string>> = {
  replace: 'a new container takes the place of the old one',
  stop: 'it is stopped',
  start: 'it is started',
  none: 'nothing: it runs on',
};
