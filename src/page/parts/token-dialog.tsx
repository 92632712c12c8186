import { useEffect, useRef } from 'preact/hooks';
import { asking, give } from '../state/session.js';

/** Asks for a token, once, when the server wants one. */
export function TokenDialog() {
  const dialog = useRef<HTMLDialogElement>(null);
  const { value } = asking;
  useEffect(() => {
    if (value === 'no') dialog.current?.close();
    else if (dialog.current?.open === false) dialog.current.showModal();
  }, [value]);
  const submit = (event: SubmitEvent) => {
    event.preventDefault();
    const given = new FormData(event.currentTarget as HTMLFormElement).get('token');
    if (typeof given === 'string' && given.trim() !== '') give(given.trim());
  };
  return (
    <dialog ref={dialog} aria-labelledby="token-title" onCancel={() => give(undefined)}>
      {value !== 'no' && (
        <form onSubmit={submit}>
          <h2 id="token-title">Sign in with a token</h2>
          <p>
            The first token is in the file <code>token</code> in Berth's data folder. The page keeps it until this tab
            is closed.
          </p>
          <label class="field">
            <span>Token</span>
            <input
              name="token"
              type="password"
              autocomplete="off"
              required
              autofocus
              aria-describedby={value === 'again' ? 'token-fault' : undefined}
              aria-invalid={value === 'again'}
            />
          </label>
          {value === 'again' && (
            <p class="fault" id="token-fault">
              The token was rejected: it is unknown or has expired.
            </p>
          )}
          <div class="actions">
            <button type="button" onClick={() => give(undefined)}>
              Not now
            </button>
            <button type="submit" class="primary">
              Sign in
            </button>
          </div>
        </form>
      )}
    </dialog>
  );
}
