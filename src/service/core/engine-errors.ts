/** Turns the engine's failures into problems for the client whose request needs the engine. */

import { Problem } from '../../domain/problems/problem.js';
import { EngineError } from '../../engine/errors.js';

const RETRY_AFTER_SECONDS = 5;

/** @param message why it can't be reached */
export const engineUnavailable = (message: string): Problem =>
  new Problem('engine-unavailable', `The container engine is not reachable: ${message}.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
  });

/** @param name the container that the engine was asked about */
export function asProblem(name: string, error: EngineError): Problem {
  if (error.kind === 'not-running') return notRunning(name, error.message);
  if (error.kind === 'no-probe') {
    const detail = `No check can run from the network of ${name}: ${error.message}.`;
    return new Problem('probe-unavailable', detail, { cause: error });
  }
  if (error.kind === 'no-logs') {
    const remedy = 'Read it where the log driver sends it, or choose json-file or local';
    return new Problem('logs-unavailable', `The log driver of ${name} keeps no log on the engine. ${remedy}.`, {
      cause: error,
    });
  }
  if (error.kind === 'not-found') {
    return new Problem('not-found', `The container of ${name} was just removed. Try again in a moment.`, {
      cause: error,
    });
  }
  return couldNotAnswer(error);
}

export const couldNotAnswer = (error: EngineError): Problem =>
  new Problem('engine-unavailable', `The engine returned an error: ${error.message}.`, {
    retryAfterSeconds: RETRY_AFTER_SECONDS,
    cause: error,
  });

/** Waits for an answer of the engine. @throws Problem `engine-unavailable` where there is none */
export const engineAnswer = <T>(asked: Promise<T>): Promise<T> =>
  asked.catch((error: unknown) => {
    throw error instanceof EngineError ? couldNotAnswer(error) : error;
  });

/** @param why for a person */
export const notRunning = (name: string, why: string): Problem =>
  new Problem('not-running', `${name} must be running for this: ${why}.`);

/** Makes the problem for requests that were under way when Berth stopped. */
export const shuttingDown = (): Problem =>
  new Problem('shutting-down', 'Berth is shutting down and ended this request. Try again once it is running.');
