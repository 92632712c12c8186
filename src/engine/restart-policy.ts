import type { RestartPolicy, Spec } from '../domain/definition/definition.js';

/** `always` is the engine's `unless-stopped`, so that the containers outlive Berth and come back with the engine. */
export const ENGINE_RESTART_POLICY: Readonly<Record<RestartPolicy, string>> = {
  always: 'unless-stopped',
  'on-failure': 'on-failure',
  no: 'no',
};

/** True if only Berth starts a definition's container, so that it can hold each start until the dependencies are ready. */
export const runsHeld = ({ boot }: Pick<Spec, 'boot'>): boolean => boot === 'held';

/** The policy that the engine gets: none where Berth applies the declared one. */
export const engineRestartPolicy = (spec: Pick<Spec, 'boot' | 'restartPolicy'>): RestartPolicy =>
  runsHeld(spec) ? 'no' : spec.restartPolicy;
