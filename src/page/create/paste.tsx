import { useState } from 'preact/hooks';
import type { Imported } from '../../../openapi/client.js';
import { messagesOf } from '../logic/problem.js';
import { announce } from '../state/announce.js';
import { client } from '../state/live.js';

/** Takes a `docker run` line and fills the form with what it says. */
export function Paste({ take }: { readonly take: (imported: Imported) => void }) {
  const [command, setCommand] = useState('');
  const [faults, setFaults] = useState<readonly string[]>([]);
  const read = async (event: SubmitEvent) => {
    event.preventDefault();
    try {
      const { data } = await client.POST('/v1/import/docker-run', { body: { command } });
      setFaults([]);
      take(data);
      announce('The form holds what the line says');
    } catch (error) {
      setFaults(messagesOf(error));
    }
  };
  return (
    <form class="paste" onSubmit={read}>
      <label class="field">
        <span>
          Paste a <code>docker run</code> line
        </span>
        <textarea
          rows={2}
          spellcheck={false}
          placeholder="docker run -d -P --name web --link db:db training/webapp python app.py"
          value={command}
          onInput={({ currentTarget }) => setCommand(currentTarget.value)}
          aria-invalid={faults.length > 0}
          aria-describedby={faults.length > 0 ? 'paste-faults' : undefined}
        />
      </label>
      <button type="submit" disabled={command.trim() === ''}>
        Fill the form
      </button>
      {faults.length > 0 && (
        <ul class="fault" id="paste-faults" role="alert">
          {faults.map((fault) => (
            <li key={fault}>{fault}</li>
          ))}
        </ul>
      )}
    </form>
  );
}

/** What was on the line and can't be in a definition: nothing is dropped in silence. */
export function LeftOut({ left }: { readonly left: Imported['left'] }) {
  if (left.length === 0) return null;
  return (
    <div class="left-out">
      <h3>Not taken over</h3>
      <ul>
        {left.map((one) => (
          <li key={`${one.at} ${one.value}`}>
            <code>
              {one.at} {one.value}
            </code>{' '}
            <b>{one.effect === 'ignored' ? 'makes no difference' : 'is missed'}</b>: {one.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
