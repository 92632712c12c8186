/** Banners for problems that affect the whole page: lost connections, a refused token, an engine that is down. */

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
        <strong>Berth does not respond.</strong> The page retries automatically and shows the last known state.
      </p>
    );
  }
  if (state.kind === 'refused') {
    return (
      <p class="banner bad">
        <span>
          <strong>Access to Berth was denied.</strong> {state.why}
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
        {value.message === null ? '' : `: ${value.message}`}). The page shows the last known state of containers.
        Changes are stored and applied when the engine is back.
      </span>
    </p>
  );
}

function TroubleBanner() {
  const { value } = fleet.trouble;
  if (value === undefined || connection.value.kind !== 'open') return null;
  return (
    <p class="banner warn">
      <strong>Some data could not be loaded.</strong> {value.message} The page retries automatically.
    </p>
  );
}
