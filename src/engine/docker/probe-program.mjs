// What a probe runs inside a container's network namespace: it resolves a name there, tries ports, and prints what it
// found as JSON. It is handed to Node.js as a text, so it is one file and knows nothing of ours.
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { connect } from 'node:net';

/**
 * @typedef {{
 *   readonly name: string,
 *   readonly address: string | null,
 *   readonly ports: readonly string[],
 *   readonly waitMs: number,
 *   readonly resolveMs: number,
 *   readonly totalMs: number,
 * }} Question The ports, as `3306/tcp`, are tried on the address; with null only the name is resolved.
 * @typedef {'open' | 'refused' | 'unreachable' | 'no-answer' | 'failed' | 'not-tried'} Outcome
 * @typedef {{ readonly outcome: Outcome, readonly code: string | null, readonly milliseconds: number | null }} Finding
 */

/** Sockets open at once: a process may have 1,024 files where nobody says otherwise. */
const AT_ONCE = 256;

/**
 * A DNS question (RFC 1035) for the name servers of the root. A datagram has to say something to be answered: this is
 * answered by the servers that are asked over UDP most, and by whatever sends back what it gets.
 */
const DATAGRAM = Buffer.from('beef01000001000000000000' + '00' + '0002' + '0001', 'hex');

/** A datagram may be lost: it is sent this often. */
const SENT = 3;

/** @type {Readonly<Record<string, Outcome>>} */
const OUTCOMES = { ECONNREFUSED: 'refused', EHOSTUNREACH: 'unreachable', ENETUNREACH: 'unreachable' };

const begun = performance.now();
/** @type {Question} */
const question = JSON.parse(process.argv[1] ?? '');
const { name, address, ports, waitMs, resolveMs, totalMs } = question;

const round = (/** @type {number} */ ms) => Math.round(ms * 1000) / 1000;

/** @returns {Promise<{ readonly addresses: readonly string[], readonly code: string | null, readonly milliseconds: number }>} */
async function resolve() {
  const start = performance.now();
  const late = new Promise((_, reject) => {
    setTimeout(() => reject(Object.assign(new Error(), { code: 'ETIMEDOUT' })), resolveMs).unref();
  });
  try {
    const found = /** @type {readonly { address: string }[]} */ (
      await Promise.race([lookup(name, { all: true, verbatim: true }), late])
    );
    const addresses = [...new Set(found.map((one) => one.address))];
    return { addresses, code: null, milliseconds: round(performance.now() - start) };
  } catch (error) {
    return { addresses: [], code: codeOf(error), milliseconds: round(performance.now() - start) };
  }
}

const codeOf = (/** @type {unknown} */ error) => String(/** @type {{ code?: string }} */ (error).code ?? error);

/**
 * One attempt, which ends when it is settled or at its time.
 * @param {(settle: (outcome: Outcome, code?: string) => void) => () => void} begin answers how to clean up
 * @returns {Promise<Finding>}
 */
function attempt(begin) {
  return new Promise((done) => {
    const start = performance.now();
    let isSettled = false;
    const timer = setTimeout(() => settle('no-answer'), waitMs);
    const settle = (/** @type {Outcome} */ outcome, /** @type {string | null} */ code = null) => {
      if (isSettled) return;
      isSettled = true;
      const milliseconds = outcome === 'open' || outcome === 'refused' ? round(performance.now() - start) : null;
      clearTimeout(timer);
      setImmediate(() => end());
      done({ outcome, code, milliseconds });
    };
    const end = begin(settle);
  });
}

const failed = (/** @type {unknown} */ error) => {
  const code = codeOf(error);
  return /** @type {const} */ ([OUTCOMES[code] ?? (code === 'ETIMEDOUT' ? 'no-answer' : 'failed'), code]);
};

/** A process's first connection takes longer than all others, and tells of the process: this one leads nowhere. */
const warmUp = () =>
  attempt((settle) => {
    const socket = connect({ path: '/nowhere' });
    socket.on('error', () => settle('failed'));
    return () => socket.destroy();
  });

const tcp = (/** @type {string} */ host, /** @type {number} */ port) =>
  attempt((settle) => {
    const socket = connect({ host, port });
    socket.on('connect', () => settle('open'));
    socket.on('error', (error) => settle(...failed(error)));
    return () => socket.destroy();
  });

/** Connected, so that the kernel tells of an ICMP "port unreachable" that comes back. */
const udp = (/** @type {string} */ host, /** @type {number} */ port) =>
  attempt((settle) => {
    const socket = createSocket(host.includes(':') ? 'udp6' : 'udp4');
    /** @type {NodeJS.Timeout | undefined} */
    let again;
    const send = (/** @type {number} */ left) => {
      socket.send(DATAGRAM, (error) => {
        if (error) settle(...failed(error));
        else if (left > 1) again = setTimeout(send, waitMs / SENT, left - 1);
      });
    };
    socket.on('message', () => settle('open'));
    socket.on('error', (error) => settle(...failed(error)));
    socket.on('connect', () => send(SENT));
    socket.connect(port, host);
    return () => {
      clearTimeout(again);
      socket.close();
    };
  });

/** @returns {Promise<Finding>} */
async function tryPort(/** @type {string} */ host, /** @type {string} */ text) {
  const [port, protocol] = text.split('/');
  const notTried = /** @type {const} */ ({ outcome: 'not-tried', milliseconds: null });
  if (protocol !== 'tcp' && protocol !== 'udp') return { ...notTried, code: 'EPROTONOSUPPORT' };
  if (performance.now() - begun > totalMs) return { ...notTried, code: 'ETIME' };
  return protocol === 'tcp' ? tcp(host, Number(port)) : udp(host, Number(port));
}

async function tryAll(/** @type {string} */ host) {
  /** @type {Record<string, Finding>} */
  const findings = {};
  const left = ports.values();
  const work = async () => {
    for (const port of left) findings[port] = await tryPort(host, port);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return findings;
}

await warmUp();
const resolved = await resolve();
const isThere = address !== null && resolved.addresses.includes(address);
process.stdout.write(JSON.stringify({ resolved, ports: isThere ? await tryAll(address) : {} }));
// All is written by now, and a look-up that nobody answers would keep the process waiting.
process.exit();
