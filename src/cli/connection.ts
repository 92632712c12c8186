/** Finds the server that a command talks to, and connects to it. */

import { existsSync, statSync } from 'node:fs';
import { mkdir, readFile, writeFile } from 'node:fs/promises';
import { homedir } from 'node:os';
import path from 'node:path';
import { Agent } from 'undici';
import { type Client, createClient } from '../../openapi/client.js';
import { type Context, Exit } from './context.js';

/** A server: a URL with a token, or a Unix socket, which needs none. */
export type Server =
  | { readonly kind: 'url'; readonly url: string; readonly token: string | undefined }
  | { readonly kind: 'socket'; readonly path: string };

export interface ServerFlags {
  readonly url?: string;
  readonly token?: string;
  readonly profile?: string;
}

/** A server that `berth login` stored. */
export interface Profile {
  readonly url: string;
  readonly token?: string;
}

interface Profiles {
  readonly profiles: Readonly<Record<string, Profile>>;
}

/** Sockets to look for if the environment names none: the checkout's, and that of the systemd unit. */
const USUAL_SOCKETS = ['data/berth.sock', '/var/lib/berth/berth.sock'];

/**
 * True if a socket belongs to this user or to root, who can do everything anyway. Somebody else may have put one into a
 * shared folder, to be sent the files and variables that a command reads.
 */
const isTrusted = (socket: string): boolean => [0, process.getuid?.()].includes(statSync(socket).uid);

type Env = Context['env'];

const profilesFile = (env: Env): string =>
  path.join(env['XDG_CONFIG_HOME'] || path.join(env['HOME'] || homedir(), '.config'), 'berth', 'profiles.json');

/** Reads the stored profiles. @throws Exit if the file can't be read as such */
export async function readProfiles(env: Env): Promise<Profiles['profiles']> {
  const file = profilesFile(env);
  if (!existsSync(file)) return {};
  try {
    return (JSON.parse(await readFile(file, 'utf8')) as Profiles).profiles;
  } catch (error) {
    throw new Exit(1, `${file} can't be read (${(error as Error).message}): correct or remove it`);
  }
}

/** Stores a profile in a file that only its owner can read. @returns the path of the file */
export async function writeProfile(env: Env, name: string, profile: Profile): Promise<string> {
  const file = profilesFile(env);
  const profiles = { ...(await readProfiles(env)), [name]: profile };
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  await writeFile(file, `${JSON.stringify({ profiles }, null, 2)}\n`, { mode: 0o600 });
  return file;
}

/**
 * Finds the server: the flags, then BERTH_URL, the profile, and last a socket on this host.
 *
 * @throws Exit if there is none
 */
export async function findServer(flags: ServerFlags, { env, cwd }: Pick<Context, 'env' | 'cwd'>): Promise<Server> {
  const usual = env['BERTH_URL'] || undefined;
  const url = flags.url ?? usual;
  // The variable's token is the one of the variable's server; another server must not get it.
  const isUsual = usual !== undefined && url === usual;
  if (url !== undefined && flags.profile === undefined) {
    return serverAt(url, flags.token ?? (isUsual ? env['BERTH_TOKEN'] || undefined : undefined));
  }
  const name = flags.profile ?? (env['BERTH_PROFILE'] || undefined);
  if (name !== undefined) {
    const profiles = await readProfiles(env);
    const profile = Object.hasOwn(profiles, name) ? profiles[name] : undefined;
    if (profile === undefined) throw new Exit(1, `there is no profile ${name}: store it with berth login ${name} URL`);
    return serverAt(profile.url, flags.token ?? profile.token);
  }
  const sockets = [
    ...(env['BERTH_SOCKET'] ? [env['BERTH_SOCKET']] : []),
    ...(env['BERTH_DATA_DIR'] ? [path.join(env['BERTH_DATA_DIR'], 'berth.sock')] : []),
    ...USUAL_SOCKETS,
  ].map((one) => path.resolve(cwd, one));
  const found = sockets.find((one) => existsSync(one));
  if (found !== undefined && !isTrusted(found)) {
    throw new Exit(1, `${found} belongs to another user: name the server with --url if you trust it`);
  }
  if (found !== undefined) return { kind: 'socket', path: found };
  throw new Exit(
    1,
    `no Berth found on this host (no socket at ${sockets.join(', ')}): start one with "berth serve", or set BERTH_URL and BERTH_TOKEN`,
  );
}

function serverAt(url: string, token: string | undefined): Server {
  if (url.startsWith('unix://')) return { kind: 'socket', path: url.slice('unix://'.length) };
  if (!/^https?:\/\/[^/]/.test(url))
    throw new Exit(1, `${url} is not a URL of Berth: write http://, https:// or unix://`);
  if (token !== undefined && !isPrivate(new URL(url))) {
    throw new Exit(
      1,
      `the token would cross the network unencrypted to ${url}: use https://, or an ssh tunnel to localhost`,
    );
  }
  return { kind: 'url', url: url.replace(/\/+$/, ''), token };
}

/** True if nobody on the way can read a request. */
const isPrivate = ({ protocol, hostname }: URL): boolean =>
  protocol === 'https:' || hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d+){3}$/.test(hostname);

/** Returns a text that names a server. */
export const serverText = (server: Server): string => (server.kind === 'url' ? server.url : `unix://${server.path}`);

/** The page of a server; undefined where a browser can't reach it. */
export const pageOf = (server: Server): string | undefined => (server.kind === 'url' ? `${server.url}/` : undefined);

/** Makes a client of a server. Refusals are thrown as BerthProblem. */
export function connect(server: Server): Client {
  if (server.kind === 'url') return createClient({ baseUrl: server.url, token: () => server.token });
  const dispatcher = new Agent({ connect: { socketPath: server.path } });
  return createClient({ baseUrl: 'http://localhost', fetch: (request) => fetch(request, { dispatcher } as object) });
}
