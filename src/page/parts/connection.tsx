import { connection } from '../state/live.js';

/** Whether what is shown is live. */
export function ConnectionMark() {
  const { kind } = connection.value;
  const word = kind === 'open' ? 'Live' : kind === 'connecting' ? 'Connecting' : 'Offline';
  return (
    <span
      class={`connection ${kind}`}
      title={kind === 'open' ? 'Changes are shown as they happen' : 'What is shown may be old'}
    >
      <span class="dot" aria-hidden="true" />
      <span class="unseen">Connection to Berth: </span>
      {word}
    </span>
  );
}
