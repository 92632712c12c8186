import { connection } from '../state/live.js';

/** True if what is shown is live. */
export function ConnectionMark() {
  const { kind } = connection.value;
  const word = kind === 'open' ? 'Live' : kind === 'connecting' ? 'Connecting' : 'Offline';
  return (
    <span class={`connection ${kind}`} title={kind === 'open' ? 'Changes appear live' : 'The page may be out of date'}>
      <span class="dot" aria-hidden="true" />
      <span class="unseen">Connection to Berth: </span>
      {word}
    </span>
  );
}
