/**
 * Stands in front of the real engine and plays one of another version: its API versions, which it holds callers to, and
 * what that version answers and does otherwise. What is not told here is the real engine's.
 */

import { mkdtempSync, rmSync } from 'node:fs';
import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { linkEnvironment, type Variable } from '../../src/domain/links/link-env.js';

export interface Played {
  readonly version: string;
  readonly api: string;
  readonly minApi: string;
  /**
   * True if links bring no variables, and every answer has the shape that API 1.52 gives it, whichever was asked for.
   */
  readonly as29?: boolean;
  /**
   * What it does with links on the default bridge. `warns`: a creation says that they are deprecated. `refuses`: a creation
   * with them is an error, and so is a start of a container that was made with them.
   */
  readonly links?: 'warns' | 'refuses';
}

/**
 * Engine 29. Its API versions: moby, `daemon/config` at docker-v29.0.0. That answers to 1.51 keep the fields which 1.52
 * has dropped is left out on purpose: nothing of ours may lean on them.
 */
export const ENGINE_29: Played = { version: '29.0.0', api: '1.52', minApi: '1.44', as29: true };

/** Engine 29.6: the first release that deprecates links on the default bridge (docker/docs#25994). */
export const ENGINE_29_6: Played = { ...ENGINE_29, version: '29.6.0', links: 'warns' };

/** Engine 30, as far as it is announced: without links on the default bridge. Its API version is a guess. */
export const ENGINE_30: Played = { ...ENGINE_29, version: '30.0.0', api: '1.55', links: 'refuses' };

/** Engines that can stand in for the real one, by the name under which a run of the tests asks for them. */
export const PLAYED: Readonly<Record<string, Played>> = { '29': ENGINE_29, '29.6': ENGINE_29_6, '30': ENGINE_30 };

/** moby/moby#47427: the warning of a creation. */
const DEPRECATED =
  'Links on the default bridge network are deprecated and will be removed in a future release. You should use a custom network instead.';
/** A guess: no text was announced. */
const REFUSED = 'links are not supported on the default bridge network: use a custom network instead';

// biome-ignore lint/suspicious/noExplicitAny: an engine's answers, of which each rule knows the part that it changes
type Json = any;

/** moby, `api/docs/CHANGELOG.md`, v1.52: gone from `NetworkSettings` of an inspect. */
const GONE_FROM_NETWORK_SETTINGS = [
  ...['Bridge', 'HairpinMode', 'LinkLocalIPv6Address', 'LinkLocalIPv6PrefixLen', 'SecondaryIPAddresses'],
  ...['SecondaryIPv6Addresses', 'EndpointID', 'Gateway', 'GlobalIPv6Address', 'GlobalIPv6PrefixLen', 'IPAddress'],
  ...['IPPrefixLen', 'IPv6Gateway', 'MacAddress'],
];

/** The same: what an image's inspect leaves out where it is empty. */
const OMITTED_OF_IMAGE = ['Parent', 'Comment', 'DockerVersion', 'Author'];
const OMITTED_OF_IMAGE_CONFIG = ['Cmd', 'Entrypoint', 'Env', 'Labels', 'OnBuild', 'User', 'Volumes', 'WorkingDir'];
/** API v1.50, v1.52: no longer part of an image's configuration at all. */
const GONE_FROM_IMAGE_CONFIG = [
  ...['Hostname', 'Domainname', 'AttachStdin', 'AttachStdout', 'AttachStderr', 'Tty', 'OpenStdin', 'StdinOnce'],
  ...['Image', 'NetworkDisabled', 'MacAddress', 'StopTimeout'],
];

const isEmpty = (value: unknown): boolean => value == null || Object.keys(Object(value)).length === 0;
const drop = (from: Json, names: readonly string[], when: (value: unknown) => boolean = () => true): void => {
  for (const name of names) if (from != null && name in from && when(from[name])) delete from[name];
};

const SHAPES: readonly (readonly [RegExp, (answer: Json) => void])[] = [
  [
    /^\/containers\/[^/]+\/json/,
    ({ NetworkSettings, HostConfig, Config }) => {
      drop(NetworkSettings, GONE_FROM_NETWORK_SETTINGS);
      drop(HostConfig, ['KernelMemory', 'KernelMemoryTCP']);
      drop(Config, ['MacAddress']);
      drop(Config, ['OnBuild'], isEmpty);
    },
  ],
  [
    /^\/containers\/json/,
    (containers: Json[]) => {
      for (const one of containers) {
        const [, status] = /\((?:health: )?(\w+)\)/.exec(one.Status) ?? [];
        one.Health = { Status: status ?? 'none', FailingStreak: 0 };
      }
    },
  ],
  [
    /^\/images\/.+\/json/,
    (image) => {
      drop(image, ['Container', 'ContainerConfig', 'VirtualSize']);
      drop(image, OMITTED_OF_IMAGE, isEmpty);
      drop(image.Config, GONE_FROM_IMAGE_CONFIG);
      drop(image.Config, OMITTED_OF_IMAGE_CONFIG, isEmpty);
    },
  ],
];

const ordinal = (version: string): number => Number(version.split('.')[1]);

export class PlayedEngine {
  readonly #dir = mkdtempSync(path.join(tmpdir(), 'berth-played-'));
  readonly #real: string;
  readonly #agent = new Agent({ keepAlive: true });
  readonly #sockets = new Set<Socket>();
  readonly #server = createServer((from, to) => {
    this.#serve(from, to).catch((error: Error) => to.destroy(error));
  });
  /** By container: the variables that its links would have brought, which it was made without. */
  readonly #without = new Map<string, readonly string[]>();
  #realApi = '';
  plays: Played;
  /** The API versions of the calls that came, in order; null where none was named. */
  readonly asked: (string | null)[] = [];

  constructor(real: string, plays: Played) {
    this.#real = new URL(real).pathname;
    this.plays = plays;
    this.#server.on('connection', (socket) => {
      this.#sockets.add(socket);
      socket.once('close', () => this.#sockets.delete(socket));
    });
    this.#server.on('upgrade', (from, socket, head) => this.#tunnel(from, socket as Socket, head));
  }

  get host(): string {
    return `unix://${path.join(this.#dir, 'docker.sock')}`;
  }

  async listen(): Promise<this> {
    this.#realApi = (await this.#ask('/version')).ApiVersion;
    await new Promise<void>((resolve) => this.#server.listen(path.join(this.#dir, 'docker.sock'), resolve));
    return this;
  }

  /** Another engine takes its place, as at an upgrade: every connection ends. */
  become(plays: Played): void {
    this.plays = plays;
    for (const socket of this.#sockets) socket.destroy();
  }

  async close(): Promise<void> {
    for (const socket of this.#sockets) socket.destroy();
    await new Promise((resolve) => this.#server.close(resolve));
    this.#agent.destroy();
    rmSync(this.#dir, { recursive: true });
  }

  /** What the real engine is asked for in the place of what came. */
  #upstream(url: string): string {
    return `/v${this.#realApi}${url}`;
  }

  async #serve(from: IncomingMessage, to: ServerResponse): Promise<void> {
    const [, version = null, url = '/'] = /^(?:\/v(\d+\.\d+))?(\/.*)$/.exec(from.url ?? '') ?? [];
    this.asked.push(version);
    const refusal = version === null ? undefined : this.#refusal(version);
    if (refusal !== undefined) return answer(to, 400, { message: refusal });
    const isRefused = this.plays.links === 'refuses' && (await this.#isLinkedStart(url));
    if (isRefused) return answer(to, 400, { message: REFUSED });
    const creation = this.plays.as29 && url.startsWith('/containers/create') ? await this.#unlinked(from) : undefined;
    if (creation?.isLinked && this.plays.links === 'refuses') return answer(to, 400, { message: REFUSED });
    const real = await this.#forward(from, to, url, creation?.body);
    const { statusCode: status = 500, headers } = real;
    if (creation !== undefined && status === 201) {
      const created = await json(real);
      this.#without.set(created.Id, creation.without);
      const isWarned = creation.isLinked && this.plays.links === 'warns';
      return answer(to, status, isWarned ? { ...created, Warnings: [DEPRECATED] } : created);
    }
    if (this.plays.as29 && url.startsWith('/events')) return eventsAs29(real, to);
    const rule = status === 200 ? this.#rule(url) : undefined;
    if (rule === undefined) return void real.pipe(to.writeHead(status, headers));
    const said = await json(real);
    rule(said);
    answer(to, status, said);
  }

  #forward(from: IncomingMessage, to: ServerResponse, url: string, body?: Buffer): Promise<IncomingMessage> {
    const headers = { ...from.headers, ...(body !== undefined && { 'content-length': body.length }) };
    const at = { socketPath: this.#real, agent: this.#agent, path: this.#upstream(url) };
    const upstream = request({ ...at, method: from.method, headers });
    to.once('close', () => upstream.destroy());
    if (body === undefined) from.pipe(upstream);
    else upstream.end(body);
    return new Promise((resolve, reject) => upstream.once('response', resolve).once('error', reject));
  }

  /** True for a start or restart of a container that was made with links on the default bridge. */
  async #isLinkedStart(url: string): Promise<boolean> {
    const [, id] = /^\/containers\/([^/]+)\/(?:re)?start(?:\?|$)/.exec(url) ?? [];
    if (id === undefined) return false;
    const { HostConfig } = await this.#ask(`/containers/${id}/json`);
    return HostConfig !== undefined && isLinkedOnBridge(HostConfig);
  }

  /** moby, `daemon/server/middleware/version.go`. */
  #refusal(version: string): string | undefined {
    const { api, minApi } = this.plays;
    if (ordinal(version) < ordinal(minApi)) {
      return `client version ${version} is too old. Minimum supported API version is ${minApi}, please upgrade your client to a newer version`;
    }
    if (ordinal(version) > ordinal(api)) {
      return `client version ${version} is too new. Maximum supported API version is ${api}`;
    }
    return undefined;
  }

  /** What is changed in the real engine's answer. */
  #rule(url: string): ((said: Json) => void) | undefined {
    if (url.startsWith('/version')) return (said) => this.#introduce(said);
    if (!this.plays.as29) return undefined;
    const shape = SHAPES.find(([pattern]) => pattern.test(url))?.[1];
    return (
      shape &&
      ((said) => {
        shape(said);
        const hidden = new Set(this.#without.get(said.Id));
        if (hidden.size > 0) said.Config.Env = said.Config.Env.filter((entry: string) => !hidden.has(entry));
      })
    );
  }

  #introduce(said: Json): void {
    const { version, api, minApi } = this.plays;
    Object.assign(said, { Version: version, ApiVersion: api, MinAPIVersion: minApi });
    for (const part of said.Components ?? []) {
      if (part.Name !== 'Engine') continue;
      Object.assign(part, { Version: version, Details: { ...part.Details, ApiVersion: api, MinAPIVersion: minApi } });
    }
  }

  /**
   * A creation whose links bring no variables, which the engines that set them have to be told: each by its bare name.
   * Engine 29 sets none (moby, `setupLinkedContainers` in `daemon/container_operations_linux.go`).
   */
  async #unlinked(from: IncomingMessage): Promise<{
    readonly body: Buffer;
    readonly without: readonly string[];
    readonly isLinked: boolean;
  }> {
    const asked = await json(from);
    const env: readonly string[] = asked.Env ?? [];
    const has = new Set(env.map((entry) => entry.split('=')[0]));
    const without = new Set<string>();
    for (const link of asked.HostConfig?.Links ?? []) {
      const [source, alias] = link.split(':');
      const { Config } = await this.#ask(`/containers/${source}/json`);
      for (const name of variablesOf(alias ?? source, Config ?? {})) if (!has.has(name)) without.add(name);
    }
    const body = Buffer.from(JSON.stringify({ ...asked, Env: [...env, ...without] }));
    return { body, without: [...without], isLinked: isLinkedOnBridge(asked.HostConfig ?? {}) };
  }

  async #ask(url: string): Promise<Json> {
    const at = { socketPath: this.#real, agent: this.#agent, path: url };
    const answered = new Promise<IncomingMessage>((resolve, reject) => {
      request(at, resolve).once('error', reject).end();
    });
    return json(await answered);
  }

  /** `exec` takes the connection over: bytes, both ways. */
  #tunnel(from: IncomingMessage, socket: Socket, head: Buffer): void {
    const real = connect(this.#real);
    const headers = from.rawHeaders.flatMap((name, i) => (i % 2 === 0 ? `${name}: ${from.rawHeaders[i + 1]}` : []));
    const url = (from.url ?? '').replace(/^\/v\d+\.\d+/, '');
    real.write([`${from.method} ${this.#upstream(url)} HTTP/1.1`, ...headers, '', ''].join('\r\n'));
    real.write(head);
    socket.pipe(real).pipe(socket);
    const end = () => [real, socket].forEach((one) => void one.destroy());
    for (const one of [real, socket]) one.on('error', end);
  }
}

/** moby/moby#47427: where links count as those of the default bridge. */
const isLinkedOnBridge = ({ Links, NetworkMode }: Json): boolean =>
  (Links ?? []).length > 0 && ['', 'default', 'bridge'].includes(NetworkMode ?? '');

const entries = (env: readonly string[]): Variable[] =>
  env.filter((entry) => entry.includes('=')).map((entry) => [entry.slice(0, entry.indexOf('=')), '']);

/** The names of all variables that an engine of either generation gives for such a link. */
function variablesOf(alias: string, source: Json): readonly string[] {
  const ports = Object.keys(source.ExposedPorts ?? {}).map((key) => {
    const [port, protocol] = key.split('/');
    return { containerPort: Number(port), protocol: protocol as 'tcp' };
  });
  const facts = { alias, recipientName: '', address: '', ports, sourceEnv: entries(source.Env ?? []) };
  return (['classic', 'tcp-first'] as const).flatMap((rules) =>
    linkEnvironment({ ...facts, rules }).map(([name]) => name),
  );
}

/** API v1.52: an event has its `Type`, `Action` and `Actor`, and no `status`, `id` and `from` any more. */
async function eventsAs29(real: IncomingMessage, to: ServerResponse): Promise<void> {
  to.writeHead(200, { 'content-type': 'application/x-ndjson' }).flushHeaders();
  let rest = '';
  for await (const chunk of real.setEncoding('utf8')) {
    const lines = (rest + chunk).split('\n');
    rest = lines.pop() ?? '';
    for (const line of lines.filter((one) => one.trim() !== '')) {
      const { status: _, id: __, from: ___, ...event } = JSON.parse(line);
      to.write(`${JSON.stringify(event)}\n`);
    }
  }
  to.end();
}

async function json(stream: AsyncIterable<Buffer>): Promise<Json> {
  const chunks: Buffer[] = [];
  for await (const chunk of stream) chunks.push(chunk);
  return JSON.parse(Buffer.concat(chunks).toString());
}

function answer(to: ServerResponse, status: number, said: Json): void {
  const body = JSON.stringify(said);
  to.writeHead(status, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(body) }).end(body);
}
