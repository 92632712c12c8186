/** Sends messages to the targets of webhooks, past no address that the policy refuses. */

import { type LookupAddress, type LookupOptions, lookup } from 'node:dns';
import { Agent, buildConnector, request } from 'undici';
import type { Message } from '../../domain/webhooks/message.js';
import { addressOf } from '../../domain/webhooks/target.js';

/** Outcome of one attempt. `refused`: the policy does not allow the target's address. */
export type Sent =
  | { readonly kind: 'delivered'; readonly status: number }
  | { readonly kind: 'failed'; readonly status: number | null; readonly error: string }
  | { readonly kind: 'refused'; readonly error: string };

export interface Sender {
  /** Sends a message once. Never throws; an aborted attempt has failed. */
  send(url: string, message: Message, signal: AbortSignal): Promise<Sent>;
  close(): Promise<void>;
}

/** Time for one attempt, from the look-up of the name until the status of the answer, in milliseconds. */
const ATTEMPT_MS = 10_000;

class TargetRefused extends Error {
  override readonly name = 'TargetRefused';
}

/** The part of `dns.lookup` that is used, with every address of a name. */
type Resolve = (
  host: string,
  options: LookupOptions & { readonly all: true },
  done: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void;

/**
 * @param targetRefusal checked for the address of every connection, after the name is resolved: a name that leads
 * elsewhere a moment later gets nowhere
 */
export function createSender(options: {
  readonly targetRefusal: (address: string) => string | undefined;
  readonly attemptMs?: number;
  readonly resolve?: Resolve;
}): Sender {
  const { targetRefusal, attemptMs = ATTEMPT_MS, resolve = lookup as Resolve } = options;
  const connect = buildConnector({ lookup: allowedAddresses, timeout: attemptMs });
  const agent = new Agent({
    connect(target, done) {
      // Node looks up no address.
      const address = addressOf(target.hostname);
      const refusal = address === undefined ? undefined : targetRefusal(address);
      if (refusal !== undefined) done(new TargetRefused(refusal), null);
      else connect(target, done);
    },
  });

  function allowedAddresses(
    host: string,
    wanted: LookupOptions,
    done: (error: Error | null, address: string | LookupAddress[], family?: number) => void,
  ): void {
    resolve(host, { ...wanted, all: true }, (error, addresses) => {
      if (error !== null) return done(error, []);
      const allowed = addresses.filter(({ address }) => targetRefusal(address) === undefined);
      const [first] = allowed;
      if (first === undefined) {
        const refusal = targetRefusal(addresses[0]?.address ?? '');
        return done(new TargetRefused(`${host} leads to an address that is refused: ${refusal}`), []);
      }
      if (wanted.all === true) done(null, allowed);
      else done(null, first.address, first.family);
    });
  }

  return {
    async send(url, { headers, body }, signal) {
      const deadline = AbortSignal.timeout(attemptMs);
      try {
        const answer = await request(url, {
          ...{ method: 'POST', headers: { 'user-agent': 'berth', ...headers }, body, dispatcher: agent },
          // A connection of its own for each attempt, whose address is checked.
          reset: true,
          signal: AbortSignal.any([signal, deadline]),
        });
        const { statusCode: status } = answer;
        // The answer's text is of no use, and may be endless.
        answer.body.on('error', () => undefined).destroy();
        if (status >= 200 && status < 300) return { kind: 'delivered', status };
        return { kind: 'failed', status, error: statusText(status) };
      } catch (error) {
        if (error instanceof TargetRefused) return { kind: 'refused', error: error.message };
        if (deadline.aborted) return failed(`no answer within ${attemptMs / 1000} seconds`);
        return failed(textOf(error));
      }
    },
    close: () => agent.destroy(),
  };
}

const failed = (error: string): Sent => ({ kind: 'failed', status: null, error });

const statusText = (status: number): string =>
  status >= 300 && status < 400
    ? `the target answered ${status}, and redirects are not followed: use the final URL`
    : `the target answered ${status}`;

/** Returns the code of an error with the host that it is about, and nothing of the URL's path, which may be a secret. */
function textOf(error: unknown): string {
  if (!(error instanceof Error)) return 'the connection failed';
  const { code, hostname } = error as NodeJS.ErrnoException & { readonly hostname?: string };
  if (code === undefined) return `the connection failed (${error.name})`;
  return hostname === undefined ? `the connection failed (${code})` : `the name ${hostname} has no address (${code})`;
}
