import { useState } from 'preact/hooks';
import type { Imported } from '../../../openapi/client.js';
import { messagesOf } from '../logic/problem.js';
import { unsetIn, variablesOf } from '../logic/variables.js';
import { announce } from '../state/announce.js';
import { client } from '../state/live.js';

/** Reads a `docker run` line and fills the form from it. Asks for variables once the line needs one. */
export function Paste({ take }: { readonly take: (imported: Imported) => void }) {
  const [command, setCommand] = useState('');
  const [variables, setVariables] = useState('');
  const [unset, setUnset] = useState<readonly string[]>([]);
  const [faults, setFaults] = useState<readonly string[]>([]);
  const read = async (event: SubmitEvent) => {
    event.preventDefault();
    const env = variablesOf(variables);
    if (env.faults.length > 0) return setFaults(env.faults);
    try {
      const { data } = await client.POST('/v1/import/docker-run', { body: { command, env: env.values } });
      setFaults([]);
      setUnset(unsetIn(data.unsupported.map(({ reason }) => reason)));
      take(data);
      announce('The form was filled from the command');
    } catch (error) {
      const messages = messagesOf(error);
      setFaults(messages);
      setUnset(unsetIn(messages));
    }
  };
  return (
    <form class="paste" onSubmit={read}>
      <label class="field">
        <span>
          Paste a <code>docker run</code> command
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
      {(unset.length > 0 || variables !== '') && (
        <div class="field">
          <label for="paste-variables">Variables (env)</label>
          <textarea
            id="paste-variables"
            rows={Math.max(2, unset.length)}
            spellcheck={false}
            autocomplete="off"
            placeholder={unset.map((name) => `${name}=value`).join('\n')}
            value={variables}
            onInput={({ currentTarget }) => setVariables(currentTarget.value)}
            aria-describedby="paste-variables-hint"
          />
          <p class="hint" id="paste-variables-hint">
            Values of your shell variables. One NAME=value per line, without quotation marks.
          </p>
        </div>
      )}
      <button type="submit" disabled={command.trim() === ''}>
        Fill the form
      </button>
      {faults.length > 0 && (
        <div class="fault" id="paste-faults" role="alert">
          <ul>
            {faults.map((fault) => (
              <li key={fault}>{fault}</li>
            ))}
          </ul>
        </div>
      )}
    </form>
  );
}

/** Lists the options of the line that a definition can't have: nothing is dropped silently. */
export function Unsupported({ notes }: { readonly notes: Imported['unsupported'] }) {
  if (notes.length === 0) return null;
  return (
    <div class="left-out">
      <h3>Unsupported</h3>
      <ul>
        {notes.map((one) => (
          <li key={`${one.at} ${one.value}`}>
            <code>
              {one.at} {one.value}
            </code>{' '}
            <b>{one.effect === 'ignored' ? 'ignored' : 'unsupported'}</b>: {one.reason}
          </li>
        ))}
      </ul>
    </div>
  );
}
