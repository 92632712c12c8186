import type { Container } from '../../../openapi/client.js';
import { listed } from '../logic/words.js';
import { Dialog } from '../parts/dialog.js';

const WORDS = {
  stop: {
    title: 'Stop',
    what: 'The container is stopped and stays stopped until it is started. It keeps its host ports.',
  },
  restart: { title: 'Restart', what: 'The container is restarted on the same host ports.' },
} as const;

/** Asks before a container is interrupted, and names other containers that would be. */
export function VerbDialog(given: {
  readonly container: Container;
  readonly verb: 'stop' | 'restart';
  readonly confirm: () => void;
  readonly close: () => void;
}) {
  const { container, verb, confirm, close } = given;
  const { title, what } = WORDS[verb];
  const recipients = container.status.linkedBy.map((link) => link.container);
  return (
    <Dialog title={`${title} ${container.name}?`} close={close}>
      <p>{what}</p>
      {recipients.length > 0 && (
        <p>
          <strong>{listed(recipients)}</strong> {recipients.length === 1 ? 'links' : 'link'} to it and can't reach it
          meanwhile.
        </p>
      )}
      <div class="actions">
        <button type="button" onClick={close}>
          Cancel
        </button>
        <button type="button" class="primary" onClick={confirm}>
          {title}
        </button>
      </div>
    </Dialog>
  );
}
