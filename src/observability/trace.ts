import { AsyncLocalStorage } from 'node:async_hooks';

/** Origin of some work. */
interface Cause {
  /** ID of the request; undefined for Berth's own work. */
  readonly requestId: string | undefined;
}

const causes = new AsyncLocalStorage<Cause>();

/** Everything that `work` does, awaited or not, is done for this cause. */
export const doneFor = <T>(cause: Cause, work: () => T): T => causes.run(cause, work);

/** The request that the present work is done for, as fields of a log line; none where there is none. */
export function causeFields(): { readonly requestId?: string } {
  const requestId = causes.getStore()?.requestId;
  return requestId === undefined ? {} : { requestId };
}
