/** Commands about images and the engine's disk. */

import type { Command } from 'commander';
import { bytes } from '../output.js';
import { type Connected, write } from './command.js';

/** Registers the commands. */
export function imageCommands(program: Command, connected: Connected): void {
  program
    .command('pull')
    .description('pull an image, with the stored credentials of its registry')
    .argument('<image>')
    .action(async (image: string, _: object, command: Command) => {
      const session = await connected(command);
      const { data } = await session.api.POST('/v1/images/pull', { body: { image } });
      write(session, command, {
        data,
        columns: ['IMAGE', 'DIGEST'],
        rows: [[data.image, data.digest ?? '']],
        names: [data.image],
      });
    });

  program
    .command('disk')
    .description("show what images, volumes, containers and logs take on the engine's disk")
    .action(async (_: object, command: Command) => {
      const session = await connected(command);
      const { data } = await session.api.GET('/v1/disk');
      const sized = (size: number | null, unknown: string): string => (size === null ? unknown : bytes(size));
      const rows = [
        ...data.images.map(({ id, tags, digests, sizeBytes, usedBy }) => [
          ...['image', tags[0] ?? digests[0] ?? id.slice(0, 19), bytes(sizeBytes), usedBy.join(', ')],
        ]),
        ...data.volumes.map((one) => ['volume', one.name, sized(one.sizeBytes, 'unknown'), one.usedBy.join(', ')]),
        ...data.containers.map(({ name, writtenBytes }) => ['container', name, bytes(writtenBytes), name]),
        ...data.logs.map(({ name, maxBytes }) => [
          ...['log', name, maxBytes === null ? 'no limit' : `at most ${bytes(maxBytes)}`, name],
        ]),
      ];
      write(session, command, {
        data,
        columns: ['KIND', 'NAME', 'SIZE', 'USED BY'],
        rows,
        names: rows.map(([, name = '']) => name),
      });
    });
}
