import { useState } from 'preact/hooks';
import type { Container } from '../../../openapi/client.js';
import { hashOf } from '../logic/route.js';
import { announce } from '../state/announce.js';
import { client, fleet } from '../state/live.js';
import { mayWrite } from '../state/session.js';
import { DeleteDialog } from './delete-dialog.js';
import { VerbDialog } from './verb-dialog.js';

type Verb = 'start' | 'stop' | 'restart';
const DONE: Readonly<Record<Verb, string>> = { start: 'is started', stop: 'is stopped', restart: 'is restarted' };

/** Actions on a container. Those that interrupt it ask for confirmation first. */
export function Actions({ container }: { readonly container: Container }) {
  const [asked, setAsked] = useState<'stop' | 'restart' | 'delete'>();
  const [trouble, setTrouble] = useState<string>();
  if (!mayWrite.value || container.deletionRequestedAt !== null) return null;
  const { name, state } = container;
  const run = async (verb: Verb) => {
    setAsked(undefined);
    setTrouble(undefined);
    try {
      const { data } = await client.POST(`/v1/containers/{name}/${verb}`, { params: { path: { name } } });
      fleet.put(data);
      announce(`${name} ${DONE[verb]}`);
    } catch (error) {
      setTrouble((error as Error).message);
    }
  };
  const isEnded = container.status.container?.state === 'exited';
  return (
    <div class="panel-actions">
      {(state === 'stopped' || isEnded) && (
        <button type="button" onClick={() => run('start')}>
          Start
        </button>
      )}
      {state === 'running' && (
        <>
          <button type="button" onClick={() => setAsked('stop')}>
            Stop
          </button>
          <button type="button" onClick={() => setAsked('restart')}>
            Restart
          </button>
        </>
      )}
      <a class="button" href={hashOf({ view: 'edit', name })}>
        Change
      </a>
      <button type="button" class="danger" onClick={() => setAsked('delete')}>
        Delete
      </button>
      {trouble !== undefined && (
        <p class="fault" role="alert">
          {trouble}
        </p>
      )}
      {(asked === 'stop' || asked === 'restart') && (
        <VerbDialog container={container} verb={asked} confirm={() => run(asked)} close={() => setAsked(undefined)} />
      )}
      {asked === 'delete' && <DeleteDialog container={container} close={() => setAsked(undefined)} />}
    </div>
  );
}
