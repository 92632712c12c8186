// node --import tsx bench/attacks/engine.ts SOCKET   an engine for attacks: it speaks Docker's API on a Unix socket and does at once what it is
// told. It starts no process and binds no port, so a container with thousands of host ports costs it nothing.
import { createServer, type ServerResponse } from 'node:http';
import { pack } from 'tar-stream';

const IMAGE = 'webapp';
const VERSION = { Version: '20.10.24', ApiVersion: '1.41', MinAPIVersion: '1.12', Components: [{ Name: 'Engine' }] };
const IMAGE_ID = `sha256:${'a'.repeat(64)}`;
/** A chunk of a log that never ends, as Docker frames it. */
const LOG = Buffer.concat([Buffer.from([1, 0, 0, 0, 0, 0, 0x10, 0]), Buffer.alloc(4096, 'x')]);

// biome-ignore lint/suspicious/noExplicitAny: bodies and answers of the engine's API
type Json = any;

/** The body of a creation, and what became of it. */
interface Container {
  readonly id: string;
  readonly ip: string;
  readonly body: Json;
  name: string;
  state: string;
  startedAt: string;
}

const containers = new Map<string, Container>();
const networks = new Map([['bridge', { Id: 'bridge-id', Name: 'bridge', Labels: {} }]]);
const watchers = new Set<ServerResponse>();
let serial = 0;

function tell(type: string, action: string, id: string): void {
  const line = `${JSON.stringify({ Type: type, Action: action, Actor: { ID: id, Attributes: {} } })}\n`;
  for (const watcher of watchers) watcher.write(line);
}

const find = (key: string): Container | undefined =>
  containers.get(key) ?? [...containers.values()].find(({ name }) => name === key);

/** @returns the bindings of one that runs */
const bindingsOf = ({ body, state }: Container): Json =>
  state !== 'running'
    ? {}
    : Object.fromEntries(
        Object.entries<Json>(body.HostConfig.PortBindings ?? {}).map(([key, places]) => [
          key,
          places.map(({ HostIp, HostPort }: Json) => ({ HostIp: HostIp || '0.0.0.0', HostPort })),
        ]),
      );

const networkOf = ({ body, ip, state }: Container) => {
  const name = body.HostConfig.NetworkMode === 'default' ? 'bridge' : body.HostConfig.NetworkMode;
  return { [name]: { NetworkID: `${name}-id`, IPAddress: state === 'running' ? ip : '', Links: null } };
};

function summary(one: Container): Json {
  const Ports = Object.entries<Json>(bindingsOf(one)).flatMap(([key, places]) => {
    const [port, Type] = key.split('/');
    return places.map(({ HostIp, HostPort }: Json) => ({
      ...{ IP: HostIp, PrivatePort: Number(port), PublicPort: Number(HostPort), Type },
    }));
  });
  return {
    ...{ Id: one.id, Names: [`/${one.name}`], State: one.state, Status: 'Up', Labels: one.body.Labels, Ports },
    NetworkSettings: { Networks: networkOf(one) },
  };
}

const inspect = (one: Container): Json => ({
  ...{ Id: one.id, Name: `/${one.name}`, Image: IMAGE_ID, RestartCount: 0, Mounts: [] },
  State: { Status: one.state, Error: '', ExitCode: 0, StartedAt: one.startedAt, FinishedAt: '0001-01-01T00:00:00Z' },
  Config: { Hostname: one.id.slice(0, 12), User: '', Tty: false, ...one.body },
  HostConfig: { Memory: 0, NanoCpus: 0, ...one.body.HostConfig },
  NetworkSettings: { Ports: bindingsOf(one), Networks: networkOf(one) },
});

function create(name: string, body: Json): string {
  body.HostConfig ??= {};
  const id = (++serial).toString(16).padStart(64, '0');
  const ip = `172.17.${serial >> 8}.${serial & 255}`;
  containers.set(id, { id, name, ip, body, state: 'created', startedAt: '0001-01-01T00:00:00Z' });
  tell('container', 'create', id);
  return id;
}

function run(one: Container): string {
  one.state = 'running';
  one.startedAt = new Date().toISOString();
  return 'start';
}

/** Operations on a container, by the last word of their path. Each returns the name of its event. */
const VERBS: Readonly<Record<string, (one: Container, query: URLSearchParams) => string>> = {
  start: run,
  restart: run,
  stop: (one) => {
    one.state = 'exited';
    return 'die';
  },
  rename: (one, query) => {
    one.name = query.get('name') ?? '';
    return 'rename';
  },
  update: () => 'update',
};

function listed(query: URLSearchParams): readonly Container[] {
  const { label = [], id } = JSON.parse(query.get('filters') ?? '{}');
  const wanted: readonly string[] = Array.isArray(label) ? label : Object.keys(label);
  const ids = id === undefined ? undefined : new Set(Array.isArray(id) ? id : Object.keys(id));
  return [...containers.values()].filter(
    ({ id: own, body }) =>
      (ids === undefined || ids.has(own)) &&
      wanted.every((text) => {
        const [label = '', value] = text.split('=');
        return body.Labels?.[label] === value;
      }),
  );
}

function stream(response: ServerResponse, type: string): ServerResponse {
  response.writeHead(200, { 'content-type': type }).flushHeaders();
  return response;
}

function log(response: ServerResponse): undefined {
  stream(response, 'application/vnd.docker.raw-stream');
  const more = () => {
    while (response.write(LOG) && !response.destroyed);
  };
  response.on('drain', more);
  more();
}

function hostsFile(response: ServerResponse, { ip, id }: Container): undefined {
  const tar = pack();
  tar.entry({ name: 'hosts' }, `127.0.0.1\tlocalhost\n${ip}\t${id.slice(0, 12)}\n`);
  tar.finalize();
  tar.pipe(stream(response, 'application/x-tar'));
}

interface Asked {
  readonly method: string;
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Json;
}

/** @returns the status and the answer; undefined where it has answered itself */
function answerTo(
  { method, path, query, body }: Asked,
  response: ServerResponse,
): readonly [status: number, answer?: Json] | undefined {
  const [, kind, key = '', verb = ''] = path.split('/');
  if (path === '/version') return [200, VERSION];
  if (path === '/info') return [200, { CgroupVersion: '2' }];
  if (path === '/events') {
    watchers.add(stream(response, 'application/json'));
    return undefined;
  }
  if (path === '/containers/json') return [200, listed(query).map(summary)];
  if (path === '/containers/create') return [201, { Id: create(query.get('name') ?? '', body), Warnings: [] }];
  if (path === '/images/json') return [200, []];
  if (kind === 'images') {
    const isKnown = path.includes(IMAGE) || path.includes(IMAGE_ID);
    return isKnown ? [200, { Id: IMAGE_ID, Config: {} }] : [404, { message: 'No such image' }];
  }
  if (path === '/networks/create') {
    networks.set(body.Name, { Id: `${body.Name}-id`, Name: body.Name, Labels: body.Labels });
    return [201, { Id: `${body.Name}-id` }];
  }
  if (path === '/networks') return [200, [...networks.values()]];
  if (kind === 'networks') return [204];
  if (kind === 'volumes') return [200, { Name: key }];
  const one = find(decodeURIComponent(key));
  if (kind !== 'containers' || one === undefined) return [404, { message: `No such container: ${key}` }];
  if (method === 'DELETE') {
    containers.delete(one.id);
    tell('container', 'destroy', one.id);
    return [204];
  }
  if (verb === 'json') return [200, inspect(one)];
  if (verb === 'logs') return log(response);
  if (verb === 'archive') return hostsFile(response, one);
  const perform = VERBS[verb];
  if (perform === undefined) return [404, { message: `page not found: ${path}` }];
  tell('container', perform(one, query), one.id);
  return verb === 'update' ? [200, { Warnings: [] }] : [204];
}

const server = createServer(async (request, response) => {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const text = Buffer.concat(chunks).toString();
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://engine');
  response.on('close', () => watchers.delete(response));
  const path = pathname.replace(/^\/v1\.\d+/, '');
  const body = request.headers['content-type'] === 'application/json' && text !== '' ? JSON.parse(text) : {};
  const asked = { method: request.method ?? 'GET', path, query: searchParams, body };
  const answered = answerTo(asked, response);
  if (answered === undefined) return;
  const [status, json] = answered;
  response.writeHead(status, { 'content-type': 'application/json' }).end(json && JSON.stringify(json));
});
server.listen(process.argv[2], () => console.log('listening'));
