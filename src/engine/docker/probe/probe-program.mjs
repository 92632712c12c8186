// What a probe runs inside a container's network namespace: it resolves a name there, tries ports, and prints what it
// found as JSON. In the host's network namespace, or on a container's network, it tries a list of addresses and ports. It is handed to Node.js as a text, so it is one file and knows nothing of ours.
import { createSocket } from 'node:dgram';
import { lookup } from 'node:dns/promises';
import { readFileSync } from 'node:fs';
import { connect } from 'node:net';
import { endianness, networkInterfaces } from 'node:os';

/**
 * @typedef {{ readonly address: string, readonly port: number, readonly protocol: string }} Try `own4` and `own6` as the
 *   address stand for the address that this namespace uses towards others.
 * @typedef {{
 *   readonly tries: readonly Try[],
 *   readonly waitMs: number,
 *   readonly totalMs: number,
 * }} Tries What is asked instead of a name and its ports.
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
 * @typedef {import('node:net').Socket} Socket
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

/** Times in ms: for a process of this namespace to accept a connection, and between two looks at that. */
const ACCEPT_MS = 1_000;
const LOOK_MS = 20;

const begun = performance.now();
/** @type {Question | Tries} */
const question = JSON.parse(process.argv[1] ?? '');
const { waitMs, totalMs } = question;

const round = (/** @type {number} */ ms) => Math.round(ms * 1000) / 1000;

/** @returns {Promise<{ readonly addresses: readonly string[], readonly code: string | null, readonly milliseconds: number }>} */
async function resolve(/** @type {string} */ name, /** @type {number} */ resolveMs) {
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

/** @param {(socket: Socket) => Promise<void>} [connected] looks at the connection before it is closed */
const tcp = (/** @type {string} */ host, /** @type {number} */ port, connected = async () => undefined) =>
  attempt((settle) => {
    const socket = connect({ host, port });
    const look = () => connected(socket).finally(() => socket.destroy());
    /** @type {Promise<void> | undefined} */
    let looked;
    socket.on('connect', () => {
      looked = look();
      settle('open');
    });
    socket.on('error', (error) => settle(...failed(error)));
    return () => {
      if (looked === undefined) socket.destroy();
    };
  });

const LITTLE = endianness() === 'LE';

/** An address as Linux writes it in /proc/net/tcp and tcp6: words of 32 bits in the machine's own order. */
function inProc(/** @type {string} */ text, /** @type {number} */ port) {
  const hex = text.includes(':')
    ? hex6(text)
    : text
        .split('.')
        .map((part) => hexOf(Number(part), 2))
        .join('');
  const words = hex.match(/.{8}/g) ?? [];
  const own = LITTLE ? words.map((word) => (word.match(/../g) ?? []).reverse().join('')) : words;
  return `${own.join('')}:${hexOf(port, 4)}`.toUpperCase();
}

const hexOf = (/** @type {number} */ number, /** @type {number} */ digits) => number.toString(16).padStart(digits, '0');

function hex6(/** @type {string} */ text) {
  const [head = '', tail = ''] = text.split('%')[0]?.split('::') ?? [];
  const groups = (/** @type {string} */ part) =>
    part
      .split(':')
      .filter((one) => one !== '')
      .map((one) => one.padStart(4, '0'));
  const [before, after] = [groups(head), groups(tail)];
  return [...before, ...Array.from({ length: 8 - before.length - after.length }, () => '0000'), ...after].join('');
}

/** Established, and about to be: what has no inode in another state was accepted, and closed again. */
const WAITING = new Set(['01', '03']);

/**
 * True if a process of this very namespace has accepted the connection: then no firewall rule has led it elsewhere. A
 * connection that waits to be accepted has no inode yet.
 *
 * @returns {boolean | null} null where the connection ends in no process of this namespace
 */
function acceptedHere(/** @type {Socket} */ { localAddress = '', localPort = 0, remoteAddress = '', remotePort = 0 }) {
  const [here, there] = [inProc(remoteAddress, remotePort), inProc(localAddress, localPort)];
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    for (const line of tableOf(file)) {
      const [, local = '', remote = '', state = '', , , , , , inode] = line.trim().split(/\s+/);
      // In tcp6 an IPv4 address has twelve bytes before it.
      if (local.endsWith(here) && remote.endsWith(there)) return inode !== '0' || !WAITING.has(state);
    }
  }
  return null;
}

function tableOf(/** @type {string} */ file) {
  try {
    return readFileSync(file, 'utf8').split('\n');
  } catch {
    // There is no tcp6 where IPv6 is switched off.
    return [];
  }
}

/** @returns {Promise<boolean | null>} what {@link acceptedHere} comes to */
async function waitUntilAccepted(/** @type {Socket} */ socket) {
  const end = performance.now() + ACCEPT_MS;
  for (;;) {
    const accepted = acceptedHere(socket);
    if (accepted !== false || performance.now() > end) return accepted;
    await new Promise((done) => setTimeout(done, LOOK_MS));
  }
}

/** The address from which this namespace speaks to others: nothing is sent to find it. Null where there is none. */
async function ownAddress(/** @type {'IPv4' | 'IPv6'} */ family) {
  const isSix = family === 'IPv6';
  const routed = await new Promise((/** @type {(address: string | null) => void} */ done) => {
    const socket = createSocket(isSix ? 'udp6' : 'udp4');
    socket.on('error', () => done(null));
    socket.on('connect', () => {
      done(socket.address().address);
      socket.close();
    });
    // RFC 5737 and RFC 3849: addresses for documentation, which lead to nobody.
    socket.connect(9, isSix ? '2001:db8::1' : '192.0.2.1');
  });
  if (routed !== null) return routed;
  const all = Object.entries(networkInterfaces()).flatMap(([device, found = []]) =>
    found
      .filter((one) => one.family === family && !one.internal && !/^fe80:/i.test(one.address))
      .map((one) => ({ address: one.address, isBridge: /^(docker|br-|veth)/.test(device) })),
  );
  return (all.find(({ isBridge }) => !isBridge) ?? all[0])?.address ?? null;
}

/** Tries each of a list, in its order. */
async function tryList(/** @type {readonly Try[]} */ tries) {
  const own = { own4: await ownAddress('IPv4'), own6: await ownAddress('IPv6') };
  /** @type {(Finding & { readonly address: string | null, readonly accepted: boolean | null })[]} */
  const findings = [];
  const left = tries.entries();
  const work = async () => {
    for (const [index, { address, port, protocol }] of left) {
      const at = address === 'own4' || address === 'own6' ? own[address] : address;
      /** @type {boolean | null} */
      let accepted = null;
      let looked = Promise.resolve();
      const finding = await tryPort(at, `${port}/${protocol}`, (socket) => {
        looked = waitUntilAccepted(socket).then((found) => {
          accepted = found;
        });
        return looked;
      });
      await looked;
      findings[index] = { ...finding, address: at, accepted };
    }
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return { own, tries: findings };
}

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
async function tryPort(
  /** @type {string | null} */ host,
  /** @type {string} */ text,
  /** @type {((socket: Socket) => Promise<void>) | undefined} */ connected = undefined,
) {
  const [port, protocol] = text.split('/');
  const notTried = /** @type {const} */ ({ outcome: 'not-tried', milliseconds: null });
  if (protocol !== 'tcp' && protocol !== 'udp') return { ...notTried, code: 'EPROTONOSUPPORT' };
  if (host === null) return { ...notTried, code: 'EADDRNOTAVAIL' };
  if (performance.now() - begun > totalMs) return { ...notTried, code: 'ETIME' };
  return protocol === 'tcp' ? tcp(host, Number(port), connected) : udp(host, Number(port));
}

async function tryAll(/** @type {string} */ host, /** @type {readonly string[]} */ ports) {
  /** @type {Record<string, Finding>} */
  const findings = {};
  const left = ports.values();
  const work = async () => {
    for (const port of left) findings[port] = await tryPort(host, port);
  };
  await Promise.all(Array.from({ length: AT_ONCE }, work));
  return findings;
}

async function answerOf(/** @type {Question | Tries} */ asked) {
  if ('tries' in asked) return tryList(asked.tries);
  const { name, address, ports, resolveMs } = asked;
  const resolved = await resolve(name, resolveMs);
  const isThere = address !== null && resolved.addresses.includes(address);
  return { resolved, ports: isThere ? await tryAll(address, ports) : {} };
}

await warmUp();
process.stdout.write(JSON.stringify(await answerOf(question)));
// All is written by now, and a look-up that nobody answers would keep the process waiting.
process.exit();
