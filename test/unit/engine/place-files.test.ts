import type Docker from 'dockerode';
import { expect, it } from 'vitest';
import { placeFiles } from '../../../src/engine/docker/containers/place-files.js';
import { createCalls, DEADLINES } from '../../../src/engine/docker/transport/calls.js';

/** Places files in a container with mounts, where a path of `links` is a link, and every other one a directory. */
async function place(paths: readonly string[], links: Readonly<Record<string, string>>, mounts: object) {
  const written: unknown[] = [];
  const container = {
    inspect: async () => ({ Mounts: [], HostConfig: {}, ...mounts }),
    async infoArchive({ path }: { path: string }) {
      const stat = Buffer.from(JSON.stringify({ name: path, linkTarget: links[path] ?? '' })).toString('base64');
      return { headers: { 'x-docker-container-path-stat': stat } };
    },
    putArchive: async (archive: unknown) => void written.push(archive),
  };
  const docker = { getContainer: () => container } as unknown as Docker;
  const files = paths.map((path) => ({ path, content: 'canary', mode: 0o444, uid: 0, gid: 0 }));
  const placed = placeFiles(() => docker, createCalls('unix:///none', DEADLINES))('id', files);
  const error = await placed.then(
    () => undefined,
    (thrown: Error) => thrown,
  );
  return { error, written: written.length };
}

const VAR_RUN = { '/var/run': '/run' };

it.each([
  ['a volume', '/var/run/s', VAR_RUN, { Mounts: [{ Destination: '/run' }] }],
  ['a volume further down', '/var/run/app/deep/s', VAR_RUN, { Mounts: [{ Destination: '/run/app' }] }],
  ['a file system in memory', '/var/run/s', VAR_RUN, { HostConfig: { Tmpfs: { '/run': 'size=1m' } } }],
  ['a mount of every container', '/opt/d/s', { '/opt/d': '/dev' }, {}],
])('refuses a file that a link leads into %s, and writes none', async (_, path, links, mounts) => {
  const { error, written } = await place(['/opt/ok', path], links, mounts);
  expect(error).toMatchObject({ kind: 'invalid', message: expect.stringContaining(`leads from ${path} to /`) });
  expect(written).toBe(0);
});

it('follows a link that leads beside every mount', async () => {
  const mounts = { Mounts: [{ Destination: '/run/app' }] };
  expect(await place(['/var/run/apple/s'], VAR_RUN, mounts)).toEqual({ error: undefined, written: 1 });
});
