/** Commands that look into containers: logs, exec, top, check, events. */

import type { Command } from 'commander';
import type { Client } from '../../../openapi/client.js';
import { Exit } from '../context.js';
import { bytes, table } from '../output.js';
import { type Connected, type Flags, wholeNumber, write } from './command.js';

/** Registers the commands. */
export function insideCommands(program: Command, connected: Connected): void {
  program
    .command('logs')
    .description("write a container's log")
    .argument('<name>')
    .option('-f, --follow', 'go on with new lines until Ctrl-C')
    .option('-n, --tail <lines>', 'only the last lines')
    .option('--since <time>', 'only lines since a time: RFC 3339, or 10m')
    .option('-t, --timestamps', 'begin each line with its time')
    .action(async (name: string, flags: LogFlags, command: Command) => {
      const { api, context } = await connected(command);
      const lines = api.logs(name, { ...flags, ...(flags.follow === true && { signal: context.signal }) });
      for await (const { stream, line } of lines) {
        if (stream === 'stderr') context.err(`${line}\n`);
        else context.out(`${line}\n`);
      }
    });

  program
    .command('exec')
    .description('run a command in a container; the exit code is its own')
    .argument('<name>')
    .argument('<command...>')
    .option('-u, --user <user>', "by default the container's user")
    .option('-w, --workdir <folder>', "by default the container's folder")
    .option('--timeout <seconds>', 'time after which it is killed', wholeNumber, 60)
    .passThroughOptions()
    .action(async (name: string, argv: readonly string[], flags: ExecFlags, command: Command) => {
      const { api, context } = await connected(command);
      const { data } = await api.POST('/v1/containers/{name}/exec', {
        params: { path: { name } },
        body: {
          command: argv,
          timeoutSeconds: flags.timeout,
          ...(flags.user !== undefined && { user: flags.user }),
          ...(flags.workdir !== undefined && { workingDir: flags.workdir }),
        },
      });
      context.out(data.stdout);
      context.err(data.stderr);
      if (data.timedOut) throw new Exit(1, `the command ran longer than ${flags.timeout} s and was killed`);
      if (data.truncated) context.err('the output was longer than 1 MiB; the rest is missing\n');
      if (data.exitCode !== 0) process.exitCode = data.exitCode ?? 1;
    });

  program
    .command('top')
    .description('show what containers use: processor, memory, network, processes')
    .argument('[name...]')
    .action(async (names: readonly string[], _: object, command: Command) => {
      const session = await connected(command);
      const all = names.length > 0 ? names : await runningNames(session.api);
      const usage = await Promise.all(all.map(async (name) => ({ name, ...(await usageOf(session.api, name)) })));
      write(session, command, {
        data: usage,
        columns: ['NAME', 'CPU', 'MEMORY', 'RECEIVED', 'SENT', 'PIDS'],
        rows: usage.map(({ name, cpu, memory, network, pids }) => [
          name,
          cpu.percent === null ? '' : `${cpu.percent.toFixed(1)}%`,
          memory === null ? '' : bytes(memory.usedBytes),
          network === null ? '' : bytes(network.receivedBytes),
          network === null ? '' : bytes(network.sentBytes),
          String(pids?.current ?? ''),
        ]),
        names: all,
      });
    });

  program
    .command('check')
    .description('try the host ports of a container, and the ports of its links')
    .argument('<name>')
    .action(async (name: string, _: object, command: Command) => {
      const { api, context } = await connected(command);
      const { data: container } = await api.GET('/v1/containers/{name}', { params: { path: { name } } });
      const { data: ports } = await api.POST('/v1/containers/{name}/ports/check', { params: { path: { name } } });
      const aliases = container.links.map((link) => link.alias ?? link.container);
      const links = await Promise.all(
        aliases.map((alias) =>
          api.POST('/v1/containers/{name}/links/{alias}/check', { params: { path: { name, alias } } }),
        ),
      );
      const rows = [
        ...ports.ports.map((one) => [
          `${one.hostPort}->${one.containerPort}/${one.protocol}`,
          reachText(one.reachable),
          one.message,
        ]),
        ...links.map(({ data }) => [`link ${data.alias} (${data.source})`, reachText(data.reachable), data.message]),
      ];
      context.out(rows.length === 0 ? `${name} has neither host ports nor links\n` : table(rows));
      if (ports.reachable === false || links.some(({ data }) => data.reachable === false)) {
        throw new Exit(1, 'not everything is reachable');
      }
    });

  program
    .command('events')
    .description('write what happened, and with --follow what happens')
    .option('-c, --container <name>', 'only events of a container')
    .option('-f, --follow', 'go on until Ctrl-C')
    .option('-n, --tail <count>', 'the last events', wholeNumber, 20)
    .action(async (flags: { container?: string; follow?: boolean; tail: number }, command: Command) => {
      const session = await connected(command);
      const { api, context } = session;
      const only = flags.container === undefined ? {} : { container: flags.container };
      const last = await lastEvents(api, only, flags.tail);
      if (flags.follow !== true) {
        return write(session, command, {
          data: last,
          columns: ['TIME', 'CONTAINER', 'EVENT', 'REASON', 'MESSAGE'],
          rows: last.map((one) => [one.at, one.container, one.type, one.reason, one.message]),
          names: last.map(({ id }) => String(id)),
        });
      }
      const line = (one: (typeof last)[number]) =>
        `${one.at}  ${one.container}  ${one.type} ${one.reason}: ${one.message}\n`;
      for (const event of last) context.out(line(event));
      const after = last.at(-1)?.id;
      for await (const signal of api.events({
        ...only,
        ...(after !== undefined && { after }),
        signal: context.signal,
      })) {
        if (signal.kind === 'event') context.out(line(signal.event));
        else context.err(`events before ${signal.oldest} are missing\n`);
      }
    });
}

interface LogFlags {
  readonly follow?: boolean;
  readonly tail?: string;
  readonly since?: string;
  readonly timestamps?: boolean;
}

interface ExecFlags extends Flags {
  readonly user?: string;
  readonly workdir?: string;
  readonly timeout: number;
}

const reachText = (reachable: boolean | null): string =>
  reachable === null ? 'unknown' : reachable ? 'reachable' : 'NOT REACHABLE';

const usageOf = async (api: Client, name: string) =>
  (await api.GET('/v1/containers/{name}/stats', { params: { path: { name } } })).data;

async function runningNames(api: Client): Promise<readonly string[]> {
  const { data } = await api.GET('/v1/containers', { params: { query: { limit: 500 } } });
  return data.items.filter(({ status }) => status.container?.state === 'running').map(({ name }) => name);
}

/** Reads the last events: the API gives them in order, from any id on. */
async function lastEvents(api: Client, only: { readonly container?: string }, count: number) {
  const limit = 500;
  let after = 0;
  let all: Awaited<ReturnType<typeof page>>['items'] = [];
  const page = async () => (await api.GET('/v1/events', { params: { query: { ...only, after, limit } } })).data;
  for (let read = await page(); read.items.length > 0; read = await page()) {
    all = [...all, ...read.items].slice(-count);
    after = read.next;
    if (read.items.length < limit) break;
  }
  return all;
}
