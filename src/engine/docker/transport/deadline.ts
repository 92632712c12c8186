import { EngineError } from '../../errors.js';

/**
 * Runs one call with a deadline that holds whatever the call does. Needed on every one: a body that is cut half-way never
 * settles in docker-modem, its own `timeout` and an abort included.
 *
 * @param ms milliseconds
 * @throws EngineError of kind `timeout`; the call's own error otherwise
 */
export async function withDeadline<T>(ms: number, what: string, call: (signal: AbortSignal) => Promise<T>): Promise<T> {
  const abort = new AbortController();
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => {
      reject(new EngineError('timeout', `the container engine did not answer "${what}" within ${ms} ms`));
      abort.abort();
    }, ms);
  });
  try {
    return await Promise.race([call(abort.signal), late]);
  } finally {
    clearTimeout(timer);
  }
}
