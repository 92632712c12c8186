/** What the whole of what is shown is to be read with: lost connections, a refused token, an engine that is down. */

import { connection, engine, fleet, retry } from '../state/live.js';
import { Age } from './age.js';

export function Banners() {
  return (
    <div class="banners" role="status">
      <ConnectionBanner />
      <EngineBanner />
      <TroubleBanner />
    </div>
  );
}

function ConnectionBanner() {
  const state = connection.value;
  if (state.kind === 'lost') {
    return (
      <p class="banner warn">
        <strong>Berth does not answer.</strong> It is tried again by itself; what is shown is what was known last.
      </p>
    );
  }
  if (state.kind === 'refused') {
    return (
      <p class="banner bad">
        <span>
          <strong>Berth does not let this page in.</strong> {state.why}
        </span>
        <button type="button" onClick={() => retry.value++}>
          Enter a token
        </button>
      </p>
    );
  }
  return null;
}

function EngineBanner() {
  const { value } = engine;
  if (value === undefined || value.reachable || connection.value.kind !== 'open') return null;
  return (
    <p class="banner bad">
      <span>
        <strong>The engine can't be reached</strong> for <Age time={value.since} /> ({value.address}
        {value.message === null ? '' : `: ${value.message}`}). Containers are shown as they were last seen; what is
        declared meanwhile is done when it is back.
      </span>
    </p>
  );
}

function TroubleBanner() {
  const { value } = fleet.trouble;
  if (value === undefined || connection.value.kind !== 'open') return null;
  return (
    <p class="banner warn">
      <strong>Not everything could be read.</strong> {value.message} It is tried again by itself.
    </p>
  );
}
