/** Clients write while the server is killed and started again, over and over: what it acknowledged is what is there. */

import { setTimeout as pause } from 'node:timers/promises';
import { expect } from 'vitest';
import type { ContainerView } from '../../../src/service/containers/views.js';
import { unique } from '../declaring.js';
import { killed, type Server, type Servers, send } from '../servers.js';
import { eventually } from '../support.js';

/** What one definition is known to be: as the last acknowledged write left it, or as one without an answer did. */
interface Known {
  readonly name: string;
  /** The variable that each write sets; undefined where there is no such definition. */
  value: string | undefined;
  /** What writes that were cut may have come to. */
  readonly possible: Set<string | undefined>;
  /** The host ports that each of its lives was given. */
  readonly ports: Map<string, number>;
}

/** So many writes are acknowledged before each kill. */
const LEAST = 9;

export interface Outcome {
  readonly cycles: number;
  readonly acknowledged: number;
  readonly cut: number;
}

/** @returns the status; undefined where the server died before the answer */
async function write(known: Known, value: string | undefined, url: string): Promise<number | undefined> {
  const one = `${url}/v1/containers/${known.name}`;
  const env = { VALUE: value };
  const answer = await (value === undefined
    ? send('DELETE', `${one}?wait=20`)
    : known.value === undefined
      ? send('POST', `${url}/v1/containers`, { name: known.name, image: 'training/webapp', publishAll: true, env })
      : send('PATCH', one, { env })
  ).catch(() => undefined);
  if (answer === undefined) return undefined;
  expect([200, 201, 202, 404, 409], `${answer.status} ${known.name}`).toContain(answer.status);
  return answer.status;
}

/** Writes one thing after the other until it is told to stop. */
async function client(
  known: Known,
  url: string,
  random: () => number,
  isOver: () => boolean,
  count: { acknowledged: number; cut: number },
) {
  for (let turn = 0; !isOver(); turn++) {
    const value = known.value !== undefined && random() < 0.15 ? undefined : `${turn}-${random()}`;
    known.possible.add(value);
    const status = await write(known, value, url);
    if (status === 200 || status === 201) {
      known.value = value;
      known.possible.clear();
      count.acknowledged++;
    } else {
      if (status === undefined) count.cut++;
      else if (status >= 400 && value !== undefined) known.possible.delete(value);
      const stored = await read(known, url).catch((error: unknown) => {
        if (!isOver()) throw error;
      });
      if (isOver() || stored === undefined) return;
      take(known, stored.view);
    }
    await pause(random() * 50);
  }
}

async function read({ name }: Known, url: string): Promise<{ readonly view: ContainerView | undefined }> {
  const answer = await fetch(`${url}/v1/containers/${name}`);
  const body = (await answer.json()) as ContainerView;
  return { view: answer.status === 404 ? undefined : body };
}

/** What there is has to be what is known or may be, at the port that it had. */
function take(known: Known, stored: ContainerView | undefined): void {
  // One that is being deleted is there until its container is gone.
  const isGoing = stored !== undefined && stored.deletionRequestedAt !== null;
  const value = stored === undefined || isGoing ? undefined : stored.env['VALUE'];
  expect([known.value, ...known.possible], `${known.name} has ${JSON.stringify(stored?.env)}`).toContain(value);
  if (stored !== undefined) portStays(known, stored);
  if (isGoing) return;
  known.value = value;
  known.possible.clear();
}

/** A picked port that was bound is the definition's for as long as it lives. */
function portStays(known: Known, { uid, status }: ContainerView): void {
  const [bound] = status.ports;
  if (bound?.hostPort == null) return;
  expect(known.ports.get(uid) ?? bound.hostPort, `the port of ${known.name}`).toBe(bound.hostPort);
  known.ports.set(uid, bound.hostPort);
}

export async function killCycles(
  servers: Servers,
  { cycles, clients, random }: { readonly cycles: number; readonly clients: number; readonly random: () => number },
): Promise<Outcome> {
  const count = { acknowledged: 0, cut: 0 };
  const all = Array.from(
    { length: clients },
    (): Known => ({ name: unique('load'), value: undefined, possible: new Set(), ports: new Map() }),
  );
  let server: Server = await servers.start();
  for (let cycle = 0; cycle < cycles; cycle++) {
    let isOver = false;
    const { url } = server;
    const writing = all.map((known) => client(known, url, random, () => isOver, count));
    const before = count.acknowledged;
    await pause(200 + random() * 1_500);
    // A busy machine has answered little by then: a kill before there is anything to lose shows nothing.
    await eventually(() => expect(count.acknowledged - before).toBeGreaterThanOrEqual(LEAST));
    isOver = true;
    await killed(server.child);
    await Promise.all(writing);
    server = await servers.start();
    for (const known of all) take(known, (await read(known, server.url)).view);
  }
  await converge(servers, server, all);
  return { cycles, ...count };
}

async function converge(servers: Servers, server: Server, all: readonly Known[]): Promise<void> {
  await eventually(async () => {
    const expected: string[] = [];
    for (const known of all) {
      const { view: current } = await read(known, server.url);
      take(known, current);
      if (current === undefined) continue;
      expect(current.status.ready, JSON.stringify(current.status)).toBe(true);
      expect(current.status.observedGeneration).toBe(current.generation);
      expected.push(`/${known.name} ${current.uid}`);
    }
    const own = await servers.containers();
    expect(own.map(({ Names, Labels }) => `${Names[0]} ${Labels['io.berth.uid']}`).sort()).toEqual(expected.sort());
  }, 60_000);
}
