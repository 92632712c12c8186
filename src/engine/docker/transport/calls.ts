import type { Readable } from 'node:stream';
import type Docker from 'dockerode';
import { EngineError } from '../../errors.js';
import { toEngineError } from '../docker-errors.js';
import { withDeadline } from './deadline.js';

/** Deadlines of calls, in milliseconds. */
export interface Deadlines {
  readonly ask: number;
  /** A change's answer comes when the engine is done. What a stop waits for the container comes on top. */
  readonly change: number;
  /** Time between two signs of progress of a pull. */
  readonly pullSilence: number;
}

export const DEADLINES: Deadlines = { ask: 10_000, change: 30_000, pullSilence: 120_000 };

type Run<T> = (signal: AbortSignal) => Promise<T>;

/** Every call to an engine goes through here: each has a deadline, and whatever it throws is an {@link EngineError}. */
export interface Calls {
  readonly deadlines: Deadlines;
  call<T>(ms: number, what: string, run: Run<T>): Promise<T>;
  ask<T>(what: string, run: Run<T>): Promise<T>;
  change<T>(what: string, run: Run<T>): Promise<T>;
  failure(what: string, thrown: unknown): EngineError;
}

/** @param address where the engine is, for a person */
export function createCalls(address: string, deadlines: Deadlines): Calls {
  const failure = (what: string, thrown: unknown) => toEngineError(what, address, thrown);

  async function call<T>(ms: number, what: string, run: Run<T>): Promise<T> {
    try {
      return await withDeadline(ms, what, run);
    } catch (error) {
      throw failure(what, error);
    }
  }

  return {
    deadlines,
    call,
    ask: (what, run) => call(deadlines.ask, what, run),
    change: (what, run) => call(deadlines.change, what, run),
    failure,
  };
}

/** Returns null where the engine answers "no such thing"; throws every other failure. */
export async function orNull<T>(asked: Promise<T>): Promise<T | null> {
  try {
    return await asked;
  } catch (error) {
    if (error instanceof EngineError && (error.kind === 'not-found' || error.kind === 'image-absent')) return null;
    throw error;
  }
}

/** 304 is Docker's "already so". */
export async function unlessAlready(changed: Promise<unknown>): Promise<void> {
  try {
    await changed;
  } catch (error) {
    if (!(error instanceof EngineError) || error.status !== 304) throw error;
  }
}

/** A GET whose answer is read as it comes. dockerode itself gathers what it takes for short: a whole log in memory. */
export function openStream(
  docker: Docker,
  path: string,
  query: Readonly<Record<string, string | number | boolean>>,
  signal: AbortSignal,
): Promise<Readable> {
  const statusCodes = { 200: true, 404: 'no such thing', 409: 'conflict', 500: 'server error' };
  const request = { path: `${path}?`, method: 'GET', abortSignal: signal, isStream: true, statusCodes, options: query };
  return new Promise((resolve, reject) => {
    docker.modem.dial(request, (error: unknown, answer: unknown) =>
      error ? reject(error) : resolve(answer as Readable),
    );
  });
}
