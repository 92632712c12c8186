/** Commands about single containers: list, start, stop, restart, remove. */

import { setTimeout as pause } from 'node:timers/promises';
import type { Command } from 'commander';
import type { Client, Container } from '../../../openapi/client.js';
import { carryOut } from '../change.js';
import { age, formatted, type Result } from '../output.js';
import { type Connected, changing, type Flags, flagsOf, type Session, sent, write } from './command.js';

/** Shortest time between two writings of a watched list, in milliseconds: many events come at once. */
const REFRESH_MS = 250;

/** Registers the commands. */
export function containerCommands(program: Command, connected: Connected): void {
  program
    .command('get')
    .alias('ps')
    .description('list containers, or show one')
    .argument('[name]')
    .option('-s, --set <name>', 'only the containers of a set')
    .option('-w, --watch', 'write the list again after each change')
    .action(async (name: string | undefined, flags: { set?: string; watch?: boolean }, command: Command) => {
      const session = await connected(command);
      const result = () => (name === undefined ? listing(session.api, flags.set) : showing(session.api, name));
      if (flags.watch === true) await watch(session, command, result);
      else write(session, command, await result());
    });

  const verbs = [
    { verb: 'start', description: 'start containers', done: 'started' },
    { verb: 'stop', description: 'stop containers; they keep their ports', done: 'stopped' },
    { verb: 'restart', description: 'restart containers', done: 'restarted' },
  ] as const;
  for (const { verb, description, done } of verbs) {
    changing(program.command(verb).description(description).argument('<name...>')).action(
      async (names: readonly string[], flags: Flags, command: Command) => {
        const session = await connected(command);
        for (const name of names) {
          const path = `/v1/containers/{name}/${verb}` as const;
          const change = {
            async preview() {
              const { data } = await session.api.POST(path, { params: { path: { name }, query: { dryRun: true } } });
              return { plan: planIn(data), isStored: verb === 'restart' };
            },
            send: async (wait: number) =>
              sent(await session.api.POST(path, { params: { path: { name }, query: { wait } } })),
            done: () => `${name} ${done}`,
          };
          await carryOut(change, [name], flags, session.api, session.context);
        }
      },
    );
  }

  changing(
    program
      .command('rm')
      .description('delete definitions and their containers')
      .argument('<name...>')
      .option('-f, --force', 'delete it even if others link to it'),
  ).action(async (names: readonly string[], flags: Flags & { force?: boolean }, command: Command) => {
    const session = await connected(command);
    for (const name of names) {
      const force = flags.force === true;
      const send = (query: { dryRun?: boolean; wait?: number }) =>
        session.api.DELETE('/v1/containers/{name}', { params: { path: { name }, query: { ...query, force } } });
      const change = {
        preview: async () => ({ plan: planIn((await send({ dryRun: true })).data), isStored: true }),
        send: async (wait: number) => sent(await send({ wait })),
        done: () => `${name} removed`,
      };
      await carryOut(change, [name], flags, session.api, session.context);
    }
  });

  program
    .command('port')
    .description('show the host ports of a container, as `docker port` does')
    .argument('<name>')
    .argument('[port]', 'a container port: 80 or 53/udp')
    .action(async (name: string, port: string | undefined, _: object, command: Command) => {
      const { api, context } = await connected(command);
      const [number = '', protocol = 'tcp'] = port?.split('/') ?? [];
      const path = { name, port: number as never, protocol: protocol as never };
      const text =
        port === undefined
          ? await api.text('/v1/containers/{name}/ports', 'text/plain', { params: { path: { name } } })
          : await api.text('/v1/containers/{name}/ports/{port}/{protocol}', 'text/plain', { params: { path } });
      context.out(text === '' || text.endsWith('\n') ? text : `${text}\n`);
    });
}

/** A dry run's plan, if the answer has one. */
const planIn = (data: object) => (data as { plan?: never }).plan;

async function allContainers(api: Client, set: string | undefined): Promise<readonly Container[]> {
  const items: Container[] = [];
  let cursor: string | undefined;
  do {
    const query = { limit: 500, ...(set !== undefined && { set }), ...(cursor !== undefined && { cursor }) };
    const { data } = await api.GET('/v1/containers', { params: { query } });
    items.push(...data.items);
    cursor = data.nextCursor ?? undefined;
  } while (cursor !== undefined);
  return items;
}

async function listing(api: Client, set: string | undefined): Promise<Result> {
  const containers = await allContainers(api, set);
  return {
    data: containers,
    columns: ['NAME', 'IMAGE', 'STATE', 'PORTS', 'SET', 'AGE'],
    rows: containers.map((one) => [
      ...[one.name, one.image, stateOf(one), portsOf(one), one.set ?? '', age(one.createdAt)],
    ]),
    names: containers.map(({ name }) => name),
  };
}

async function showing(api: Client, name: string): Promise<Result> {
  const { data } = await api.GET('/v1/containers/{name}', { params: { path: { name } } });
  const { status } = data;
  const rows = [
    ['image', data.image],
    ['state', stateOf(data)],
    ['ports', portsOf(data)],
    ['links', data.links.map(({ container, alias }) => `${container}:${alias}`).join(', ')],
    ['network', status.runsOn ?? data.network ?? (data.networks ?? []).map((one) => one.name).join(', ')],
    ['addresses', status.addresses.map(({ network, address }) => `${address} on ${network}`).join(', ')],
    ['set', data.set ?? ''],
    ...status.conditions.map(({ type, status, reason, message }) => [
      type,
      `${status}${reason === '' ? '' : ` ${reason}`}${message === '' ? '' : `: ${message}`}`,
    ]),
  ];
  return { data, columns: ['NAME', data.name], rows: rows.filter(([, text]) => text !== ''), names: [data.name] };
}

/** A word for the state of a container. */
export function stateOf({ state, status, deletionRequestedAt }: Container): string {
  if (deletionRequestedAt !== null) return 'deleting';
  if (status.ready) return 'ready';
  const ready = status.conditions.find(({ type }) => type === 'Ready');
  if (state === 'stopped' && status.container?.state !== 'running') return 'stopped';
  return ready?.reason ?? 'unknown';
}

const portsOf = ({ status }: Container): string =>
  [
    ...new Set(
      status.ports.map(
        ({ hostIp, hostPort, containerPort, protocol }) =>
          `${isEverywhere(hostIp) ? '' : `${hostIp}:`}${hostPort}->${containerPort}/${protocol}`,
      ),
    ),
  ].join(', ');

const isEverywhere = (hostIp: string | null | undefined): boolean =>
  hostIp == null || ['', '0.0.0.0', '::'].includes(hostIp);

/** Writes a result whenever something happens, until Ctrl-C. */
async function watch(session: Session, command: Command, result: () => Promise<Result>): Promise<void> {
  const { api, context } = session;
  const { output } = flagsOf(command);
  let last = '';
  const show = async (): Promise<void> => {
    const text = formatted(output, await result());
    if (text === last) return;
    last = text;
    context.out(`${context.isInteractive ? '\u001b[H\u001b[2J' : ''}${text}`);
  };
  await show();
  let isDue = false;
  for await (const _ of api.events({ signal: context.signal })) {
    if (isDue) continue;
    isDue = true;
    void pause(REFRESH_MS).then(async () => {
      isDue = false;
      await show();
    });
  }
}
