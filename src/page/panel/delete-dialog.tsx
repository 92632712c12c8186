import { useEffect, useState } from 'preact/hooks';
import { BerthProblem, type Container, type Plan } from '../../../openapi/client.js';
import { listed } from '../logic/words.js';
import { Dialog } from '../parts/dialog.js';
import { PlanSteps } from '../parts/plan.js';
import { announce } from '../state/announce.js';
import { client, fleet } from '../state/live.js';

type Look =
  | { readonly kind: 'looking' }
  | { readonly kind: 'free'; readonly plan: Plan | undefined }
  /** Blocked, since other containers link to it or depend on it. */
  | { readonly kind: 'in-use'; readonly dependents: readonly string[] }
  | { readonly kind: 'failed'; readonly why: string };

/** Asks before a container is removed, having looked what that would do. */
export function DeleteDialog({ container, close }: { readonly container: Container; readonly close: () => void }) {
  const { name } = container;
  const [look, setLook] = useState<Look>({ kind: 'looking' });
  const [isForced, setForced] = useState(false);
  useEffect(() => {
    lookAt(name).then(setLook, (error: Error) => setLook({ kind: 'failed', why: error.message }));
  }, [name]);
  const remove = async () => {
    try {
      const query = look.kind === 'in-use' ? { force: true } : {};
      const { data } = await client.DELETE('/v1/containers/{name}', { params: { path: { name }, query } });
      fleet.put(data);
      announce(`${name} is being deleted`);
      close();
    } catch (error) {
      setLook({ kind: 'failed', why: (error as Error).message });
    }
  };
  const recipients = container.status.linkedBy.map((link) => link.container);
  const isReady = look.kind === 'free' || (look.kind === 'in-use' && isForced);
  return (
    <Dialog title={`Delete ${name}?`} close={close}>
      <p>Its container is stopped and removed, its definition is deleted, and its host ports are released.</p>
      {look.kind === 'looking' && <p class="muted">Checking the effects …</p>}
      {look.kind === 'failed' && (
        <p class="fault" role="alert">
          {look.why}
        </p>
      )}
      {look.kind === 'in-use' && (
        <>
          <p class="fault" role="alert">
            {recipients.length > 0 && (
              <>
                <strong>{listed(recipients)}</strong> {recipients.length === 1 ? 'links' : 'link'} to it.{' '}
              </>
            )}
            {look.dependents.length > 0 && (
              <>
                <strong>{listed(look.dependents)}</strong> {look.dependents.length === 1 ? 'depends' : 'depend'} on it.{' '}
              </>
            )}
            Remove {name} from their definitions first, or delete it anyway.
          </p>
          <label class="check">
            <input
              type="checkbox"
              checked={isForced}
              onChange={({ currentTarget }) => setForced(currentTarget.checked)}
            />
            Delete it anyway: they stay broken until {name} is declared again
          </label>
        </>
      )}
      {look.kind === 'free' && look.plan !== undefined && look.plan.actions.length > 0 && (
        <PlanSteps plan={look.plan} under="h2" />
      )}
      <div class="actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="button" class="danger" disabled={!isReady} onClick={remove}>
          Delete
        </button>
      </div>
    </Dialog>
  );
}

async function lookAt(name: string): Promise<Look> {
  try {
    const query = { dryRun: true };
    const { data } = await client.DELETE('/v1/containers/{name}', { params: { path: { name }, query } });
    return { kind: 'free', plan: data.plan };
  } catch (error) {
    if (error instanceof BerthProblem && error.code === 'in-use') {
      return { kind: 'in-use', dependents: dependentsOf(name) };
    }
    throw error;
  }
}

/** Returns the containers that can't start without one. */
const dependentsOf = (name: string): readonly string[] =>
  [...fleet.containers.value.values()]
    .filter(({ dependsOn = [] }) => dependsOn.some((one) => one.container === name && one.required !== false))
    .map((one) => one.name);
