/** Stands between Berth and the engine, on a socket of its own, and does what goes wrong on such a way. */

import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

/** What becomes of a call. */
export type Fault =
  /** Nothing is ever answered. The engine hears nothing of it. */
  | { readonly kind: 'hang' }
  /** The connection is cut before the engine hears of it. */
  | { readonly kind: 'cut' }
  /** The engine does it, and the connection is cut before its answer. */
  | { readonly kind: 'lose-answer' }
  /** The engine does it, and its answer never comes. */
  | { readonly kind: 'keep-answer' }
  /** Half of the answer's body, then nothing: the connection stays or is cut. */
  | { readonly kind: 'half-body'; readonly end: 'hang' | 'cut' }
  /** Half of the answer's body as if it were all. */
  | { readonly kind: 'truncate' }
  /** The answer's bytes one after the other, so many milliseconds apart. */
  | { readonly kind: 'drip'; readonly everyMs: number }
  /** The answer comes late, by so many milliseconds. */
  | { readonly kind: 'delay'; readonly ms: number }
  /** Another answer than the engine's; the engine hears nothing of it. */
  | { readonly kind: 'answer'; readonly status: number; readonly type: string; readonly body: string }
  /** Bytes that are not HTTP. */
  | { readonly kind: 'garbage' };

export interface Call {
  readonly method: string;
  /** Without the version. */
  readonly path: string;
}

type Matches = (call: Call) => boolean;

/** `ask` is every GET but the event stream, `change` every other method. */
export const ask: Matches = ({ method, path: at }) => method === 'GET' && !at.startsWith('/events');
export const change: Matches = ({ method }) => method !== 'GET';
export const every: Matches = (call) => ask(call) || change(call);

export class FaultProxy {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'berth-proxy-'));
  readonly #engine: string;
  readonly #agent = new Agent();
  readonly #server = createServer((from, to) => void this.#serve(from, to));
  readonly #sockets = new Set<Socket>();
  /** And whether what comes is handed on. */
  readonly #eventStreams = new Map<ServerResponse, 'open' | 'muted'>();
  #rule: { readonly matches: Matches; readonly fault: () => Fault | undefined; left: number } | undefined;
  /** How many calls have had a fault. */
  broken = 0;
  #changing = 0;
  /** The most changes that were under way at once. */
  mostChanging = 0;
  /** Every call that came, in order. */
  readonly calls: Call[] = [];

  constructor(engine: string) {
    this.#engine = new URL(engine).pathname;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
  }

  get host(): string {
    return `unix://${path.join(this.#dir, 'docker.sock')}`;
  }

  async listen(): Promise<this> {
    await new Promise<void>((resolve) => this.#server.listen(path.join(this.#dir, 'docker.sock'), resolve));
    return this;
  }

  /** Faults for the calls that match, from now on or for so many of them. */
  break(matches: Matches, fault: Fault, times = Number.POSITIVE_INFINITY): void {
    this.#rule = { matches, fault: () => fault, left: times };
  }

  /** One of these faults for each call that matches, with this probability, from now on. */
  breakSome(matches: Matches, rate: number, faults: readonly Fault[], random: () => number): void {
    const fault = () => (random() < rate ? faults[Math.floor(random() * faults.length)] : undefined);
    this.#rule = { matches, fault, left: Number.POSITIVE_INFINITY };
  }

  /** How many calls the rule still waits for. */
  get left(): number {
    return this.#rule?.left ?? 0;
  }

  /** Everything passes as it is again; what hangs goes on hanging. */
  heal(): void {
    this.#rule = undefined;
  }

  /** How many event streams are open. */
  get watching(): number {
    return this.#eventStreams.size;
  }

  cutEvents(): void {
    for (const stream of this.#eventStreams.keys()) stream.destroy();
  }

  /** The event streams that are open stay so, and nothing comes over them any more. */
  muteEvents(): void {
    for (const stream of this.#eventStreams.keys()) this.#eventStreams.set(stream, 'muted');
  }

  count(matches: Matches): number {
    return this.calls.filter(matches).length;
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
    rmSync(this.#dir, { recursive: true });
  }

  async #serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const call = { method: from.method ?? '', path: (from.url ?? '').replace(/^\/v\d+\.\d+/, '') };
    this.calls.push(call);
    if (change(call)) {
      this.mostChanging = Math.max(this.mostChanging, ++this.#changing);
      to.once('close', () => {
        this.#changing--;
      });
    }
    const fault = this.#faultFor(call);
    if (fault?.kind === 'hang') return;
    if (fault?.kind === 'cut') return void to.destroy();
    if (fault?.kind === 'garbage') return void from.socket.end('\u0000\u0001 not HTTP at all\r\n\r\n');
    if (fault?.kind === 'answer') {
      from.resume();
      return void to.writeHead(fault.status, { 'content-type': fault.type }).end(fault.body);
    }
    const upstream = request({
      ...{ socketPath: this.#engine, agent: this.#agent },
      ...{ method: from.method, path: from.url, headers: from.headers },
    });
    to.once('close', () => upstream.destroy());
    upstream.once('error', () => to.destroy());
    from.pipe(upstream);
    upstream.once('response', (answer) => void this.#answer(call, fault, answer, to).catch(() => to.destroy()));
  }

  #faultFor(call: Call): Fault | undefined {
    const rule = this.#rule;
    if (rule === undefined || rule.left === 0 || !rule.matches(call)) return undefined;
    rule.left -= 1;
    const fault = rule.fault();
    if (fault !== undefined) this.broken++;
    return fault;
  }

  async #answer(call: Call, fault: Fault | undefined, answer: IncomingMessage, to: ServerResponse): Promise<void> {
    const { statusCode: status = 500, headers } = answer;
    if (call.path.startsWith('/events')) {
      this.#eventStreams.set(to, 'open');
      to.once('close', () => this.#eventStreams.delete(to));
      to.writeHead(status, headers).flushHeaders();
      answer.on('data', (chunk) => {
        if (this.#eventStreams.get(to) === 'open') to.write(chunk);
      });
      answer.once('close', () => to.destroy());
      return;
    }
    if (fault === undefined) return void answer.pipe(to.writeHead(status, headers));
    const chunks: Buffer[] = [];
    for await (const chunk of answer) chunks.push(chunk as Buffer);
    const body = Buffer.concat(chunks);
    const half = body.subarray(0, Math.floor(body.length / 2));
    const { 'transfer-encoding': _, ...plain } = headers;
    const whole = { ...plain, 'content-length': body.length };
    switch (fault.kind) {
      case 'lose-answer':
        return void to.destroy();
      case 'keep-answer':
        return;
      case 'half-body':
        to.writeHead(status, whole).write(half, () => {
          if (fault.end === 'cut') to.destroy();
        });
        return;
      case 'truncate':
        return void to.writeHead(status, { ...whole, 'content-length': half.length }).end(half);
      case 'delay':
        await pause(fault.ms);
        return void to.writeHead(status, whole).end(body);
      case 'drip':
        to.writeHead(status, whole);
        for (const byte of body) {
          if (to.destroyed) return;
          to.write(Buffer.of(byte));
          await pause(fault.everyMs);
        }
        return void to.end();
    }
  }
}
