/** The way of every change: a dry run, its plan, a question, the write, and the wait until it is done. */

import { setTimeout as pause } from 'node:timers/promises';
import { BerthProblem, type Client, type Container, type Plan } from '../../openapi/client.js';
import { type Context, Exit } from './context.js';

export interface ChangeFlags {
  /** Carry it out without a question. */
  readonly yes?: boolean;
  readonly dryRun?: boolean;
  /** False for `--no-wait`. */
  readonly wait?: boolean;
  /** Longest wait in seconds. */
  readonly timeout?: number;
}

/** A change, as a request that can be a dry run. */
export interface Change {
  preview(): Promise<Preview>;
  /** Sends it, and waits until all of it is done, in seconds. */
  send(wait: number): Promise<Sent>;
  /** A sentence for the end. */
  done(): string;
}

export interface Preview {
  /** None where the engine can't be reached. */
  readonly plan?: Plan | undefined;
  /** Lines about what isn't taken over. */
  readonly notes?: readonly string[];
  /** True if something is stored, even if the plan has no steps. */
  readonly isStored: boolean;
}

export interface Sent {
  /** 202 where the wait ended first. */
  readonly status: number;
}

/** Time between two looks at containers that aren't ready yet, in milliseconds. */
const LOOK_MS = 500;

/** The longest wait that the API allows, in seconds. */
const MAX_WAIT = 300;

/**
 * Carries out a change. Without a terminal and without `--yes` nothing happens.
 *
 * @param names the containers that it is about
 * @throws Exit 2 if changes are pending and were not carried out; 1 if they aren't done when the wait ends
 */
export async function carryOut(
  change: Change,
  names: readonly string[],
  flags: ChangeFlags,
  api: Client,
  context: Context,
): Promise<void> {
  const { plan, notes = [], isStored } = await change.preview();
  for (const note of notes) context.err(`${note}\n`);
  context.err(planText(plan));
  if (!isStored && plan?.actions.length === 0) return context.out('nothing to do\n');
  if (flags.dryRun === true) throw new Exit(2, 'changes are pending: this was a dry run');
  if (flags.yes !== true) {
    if (!context.isInteractive) throw new Exit(2, 'changes are pending: run this on a terminal, or with --yes');
    if (!(await context.confirm('Carry this out?'))) throw new Exit(2, 'nothing was changed');
  }
  const wait = flags.wait === false ? 0 : (flags.timeout ?? MAX_WAIT);
  const end = new AbortController();
  const reporting = wait === 0 ? undefined : reportWaits(names, api, context, end.signal);
  try {
    const { status } = await change.send(wait);
    if (status === 202 && wait > 0) throw new Exit(1, `not ready after ${wait} s; Berth goes on, see berth get`);
  } finally {
    end.abort();
    await reporting;
  }
  context.out(`${change.done()}\n`);
}

/** Returns a plan as lines: steps, interruptions, obstacles. */
export function planText(plan: Plan | undefined): string {
  if (plan === undefined)
    return 'The engine is not reachable, so there is no plan. Changes are carried out when it is back.\n';
  const steps = plan.actions.map(
    ({ container, action, target, reason }) =>
      `  ${action} ${target === container ? container : `${container}: ${target}`}${reason === '' ? '' : `  (${reason})`}\n`,
  );
  const interrupted = plan.interrupted.map(({ container, reason }) => `  interrupts ${container}: ${reason}\n`);
  const obstacles = plan.obstacles.map(({ container, message }) => `  ${container} will not be ready: ${message}\n`);
  return [...steps, ...interrupted, ...obstacles].join('');
}

/** Reports the conditions that keep containers from being ready, until the signal. */
async function reportWaits(
  names: readonly string[],
  api: Client,
  context: Context,
  signal: AbortSignal,
): Promise<void> {
  const reported = new Map<string, string>();
  while (!signal.aborted) {
    await pause(LOOK_MS, undefined, { signal }).catch(() => undefined);
    for (const name of names) {
      const container = signal.aborted ? undefined : await find(api, name);
      if (container?.status.ready === false && container.state === 'running') report(container, reported, context);
    }
  }
}

/** Reports the condition that keeps a container from being ready, once. */
function report({ name, status }: Container, reported: Map<string, string>, { err }: Context): void {
  const found = status.conditions.find((one) => one.status === 'False' && one.type !== 'Ready' && one.message !== '');
  const ready = status.conditions.find((one) => one.type === 'Ready');
  const text = `${name}: ${(found ?? ready)?.reason ?? ''} ${(found ?? ready)?.message ?? ''}`.trimEnd();
  if (reported.get(name) === text) return;
  reported.set(name, text);
  err(`${text}\n`);
}

async function find(api: Client, name: string): Promise<Container | undefined> {
  try {
    return (await api.GET('/v1/containers/{name}', { params: { path: { name } } })).data;
  } catch (error) {
    if (error instanceof BerthProblem && error.status === 404) return undefined;
    throw error;
  }
}
