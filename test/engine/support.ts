/** What the tests on the real engine share: a Berth of their own, and the engine itself to compare with. */

import { randomUUID } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import Docker from 'dockerode';
import { type Logger, pino } from 'pino';
import request from 'supertest';
import { type Berth, openBerth } from '../../src/berth.js';
import type { Deadlines } from '../../src/engine/docker/index.js';
import { demux } from '../../src/engine/docker/transport/streams.js';
import type { ContainerView } from '../../src/service/containers/views.js';
import { note } from '../notes.js';
import { formatPsPorts } from '../ps-ports.js';

/** Beside the owner labels: what {@link sweep} may remove. */
export const TEST_LABEL = 'io.berth-test.run';
export const RUN = randomUUID();
note('label', `${TEST_LABEL}=${RUN}`);

export const ENGINE_HOST = process.env['DOCKER_HOST'] ?? 'unix:///var/run/docker.sock';

const socketPath = new URL(ENGINE_HOST).pathname;
export const docker = new Docker({ socketPath });

/** True if it is Podman that the tests run on: some of what they are about is not there. */
export const IS_PODMAN = await docker.version().then(
  // biome-ignore lint/suspicious/noExplicitAny: the types of dockerode leave the components out
  (said: any) => (said.Components ?? []).some(({ Name }: { Name: string }) => Name.startsWith('Podman')),
  () => false,
);

/** Fails unless what was to be removed is not there anyway. */
export const unlessAbsent = (error: { statusCode?: number }): void => {
  if (error.statusCode !== 404) throw error;
};

/** Another asked for the same removal, as a server does that was killed meanwhile: its request goes on without it. */
const unlessGoing = (error: { statusCode?: number }): void => {
  if (error.statusCode !== 409) unlessAbsent(error);
};

/** Removes every container and network that carries one of the labels given, and looks until there are none. */
export async function sweep(label: string): Promise<void> {
  const filters = { label: [label] };
  await eventually(async () => {
    const containers = await docker.listContainers({ all: true, filters });
    await Promise.all(
      containers.map((c) => docker.getContainer(c.Id).remove({ force: true, v: true }).catch(unlessGoing)),
    );
    const networks = await docker.listNetworks({ filters });
    await Promise.all(networks.map((n) => docker.getNetwork(n.Id).remove().catch(unlessAbsent)));
    if (containers.length + networks.length > 0) throw new Error(`Some with label ${label} were still there`);
  });
}

export interface TestBerth {
  readonly berth: Berth;
  readonly http: ReturnType<typeof request>;
  readonly dataDir: string;
  /** Closes this server and opens another on the same database. */
  restart(): Promise<TestBerth>;
  /** Closes it without touching what it made. */
  close(): Promise<void>;
  /** Closes it and removes all that it made. */
  stop(): Promise<void>;
}

/** A Berth on the real engine with its own database, and so its own owner label. It has begun to reconcile. */
export async function testBerth(
  options: {
    readonly engine?: string;
    /** True if it asks for a token; by default it does not. */
    readonly auth?: 'on' | 'off';
    readonly dataDir?: string;
    readonly portRange?: { from: number; to: number };
    readonly log?: Logger;
    readonly deadlines?: Deadlines;
    /** What is to be in force instead of the default policy. */
    readonly policy?: object;
    readonly dockerConfig?: string;
  } = {},
): Promise<TestBerth> {
  const dataDir = options.dataDir ?? mkdtempSync(path.join(tmpdir(), 'berth-test-'));
  const policyFile = path.join(dataDir, 'policy.json');
  const { policy } = options;
  if (policy !== undefined) writeFileSync(policyFile, JSON.stringify(policy));
  const berth = await openBerth({
    ...{ dataDir, ...(policy !== undefined && { policyFile }) },
    engine: { host: options.engine ?? ENGINE_HOST },
    auth: options.auth ?? 'off',
    dockerConfig: options.dockerConfig,
    portRange: options.portRange ?? { from: 49_000, to: 49_900 },
    ...(options.deadlines && { deadlines: options.deadlines }),
    log: options.log ?? pino({ level: process.env['BERTH_TEST_LOG'] ?? 'silent' }),
  });
  note('label', `io.berth.instance=${berth.instance()}`);
  await berth.app.ready();
  berth.start();
  return {
    berth,
    http: request(berth.app.server),
    dataDir,
    async restart() {
      await berth.stop();
      return testBerth({ ...options, dataDir });
    },
    close: () => berth.stop(),
    async stop() {
      await berth.stop();
      await sweep(`io.berth.instance=${berth.instance()}`);
      rmSync(dataDir, { recursive: true, force: true });
    },
  };
}

/** The least time, in milliseconds, after which something counts as not happening: on a busy machine all takes longer. */
const PATIENCE_MS = 120_000;

/** Asks until the answer is there. @throws the last failure, when it is not within so many milliseconds, or {@link PATIENCE_MS} */
export async function eventually<T>(ask: () => Promise<T> | T, ms = PATIENCE_MS): Promise<T> {
  const end = performance.now() + Math.max(ms, PATIENCE_MS);
  for (;;) {
    try {
      return await ask();
    } catch (error) {
      if (performance.now() > end) throw error;
      await pause(50);
    }
  }
}

/** What a command prints inside a container. */
export async function inside(container: string, ...command: readonly string[]): Promise<string> {
  const exec = await docker.getContainer(container).exec({ Cmd: [...command], AttachStdout: true, AttachStderr: true });
  const stream = await exec.start({ hijack: true, stdin: false });
  let text = '';
  for await (const frame of demux(stream as AsyncIterable<Buffer>)) text += frame.data.toString();
  return text;
}

/** The PORTS column of `docker ps`. */
export async function psPorts(view: ContainerView): Promise<string> {
  const raw = await docker.getContainer(view.status.container?.id ?? '').inspect();
  const exposed = Object.keys(raw.Config.ExposedPorts ?? {}).map((key) => {
    const [containerPort, protocol] = key.split('/');
    return { containerPort: Number(containerPort), protocol: protocol as 'tcp' };
  });
  return formatPsPorts(view.status.ports, exposed);
}
