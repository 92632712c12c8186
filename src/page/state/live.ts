/** The one connection that changes arrive over, and the reads that follow from them. */

import { signal } from '@preact/signals';
import { BerthProblem, type Client, type Connection, createClient, type operations } from '../../../openapi/client.js';
import { announceChanges } from './announce.js';
import { createFleet, type Fleet } from './fleet.js';
import { anotherToken, hasToken, role, token } from './session.js';
import { untilVisible, visible, whileVisible } from './visible.js';

export type Engine = operations['getEngine']['responses'][200]['content']['application/json'];

/** Interval of engine reads, for when no definition exists that an event could be about, in milliseconds. */
const ENGINE_MS = 30_000;
const GATHER_MS = 300;

export const client: Client = createClient({ token });
export const fleet: Fleet = createFleet(client);
export const engine = signal<Engine | undefined>(undefined);
/** State of the connection to Berth itself. */
export const connection = signal<
  Connection | { readonly kind: 'connecting' } | { readonly kind: 'refused'; readonly why: string }
>({
  kind: 'connecting',
});

async function readEngine(): Promise<void> {
  try {
    engine.value = (await client.GET('/v1/engine')).data;
  } catch {
    // The connection shows the fault, and reconnects automatically.
  }
}

async function readRole(): Promise<void> {
  try {
    role.value = (await client.GET('/v1/tokens/self')).data.role;
  } catch {
    // As above: until the role is known, every action is offered, and the server decides.
  }
}

/** Follows events as long as the page is open; never returns. */
export async function live(): Promise<void> {
  announceChanges(fleet.containers, fleet.loaded);
  setInterval(() => visible.value && connection.value.kind === 'open' && readEngine(), ENGINE_MS);
  for (;;) {
    await untilVisible();
    try {
      for await (const signal of client.events({ connection: onConnection, signal: whileVisible() })) {
        fleet.hear(signal);
        if (signal.kind === 'reset' || signal.event.type === 'ConditionChanged') engineSoon();
      }
    } catch (error) {
      await refused(error);
    }
  }
}

function onConnection(state: Connection): void {
  connection.value = state;
  if (state.kind === 'lost') return;
  // Events arrive from here on, so a read that starts now misses none.
  fleet.readAll();
  void readEngine();
  void readRole();
}

let isSoon = false;
/** Reads the engine soon, and once: many conditions change together when the engine goes or comes. */
function engineSoon(): void {
  if (isSoon) return;
  isSoon = true;
  setTimeout(() => {
    isSoon = false;
    void readEngine();
  }, GATHER_MS);
}

/** Rises when the user requests another try. */
export const retry = signal(0);

/** Handles a refused stream: waits until there may be another token, or the user tries again. */
async function refused(error: unknown): Promise<void> {
  connection.value = { kind: 'refused', why: (error as Error).message };
  const isToken = error instanceof BerthProblem && error.status === 401;
  if (isToken && hasToken() && (await anotherToken()) !== undefined) return;
  const tried = retry.value;
  const stop = await new Promise<() => void>((resolve) => {
    const end = retry.subscribe((count) => count !== tried && resolve(end));
  });
  stop();
}
