/** Environment and `/etc/hosts` of a container, as a process inside sees them. */

import type { Definition } from '../../domain/definition/definition.js';
import { parseHosts } from '../../domain/links/hosts-file.js';
import type { Engine } from '../../engine/engine.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import type { OwnContainer } from '../../reconcile/observe/observed-state.js';
import { HOSTS_FILE } from '../../reconcile/plan/link-hosts.js';
import { secretsInside } from '../../reconcile/plan/link-state.js';

export interface EnvView {
  /** Every variable that a process started in the container finds, and its value. */
  readonly env: Readonly<Record<string, string>>;
  /** The names among them that links brought. */
  readonly fromLinks: readonly string[];
}

export interface HostsView {
  /** Content of `/etc/hosts`, verbatim. */
  readonly text: string;
  readonly entries: readonly { readonly address: string; readonly names: readonly string[] }[];
}

/** Stands for the value of a secret. */
export const SECRET = '(secret)';

/** Rule: moby, `oci.DefaultPathEnv` for Linux. */
const DEFAULT_PATH = '/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin';

const text = (bytes: Uint8Array): string => new TextDecoder().decode(bytes);

/**
 * The home directory that a container's runtime gives a process without a HOME: that of its user in `/etc/passwd`, by
 * name or number, else `/`. Rule: runc, `libcontainer/user`, which {@link https://github.com/opencontainers/runc} applies
 * at `init`.
 */
function homeOf(user: string, passwd: string): string {
  const [wanted = ''] = user.split(':');
  const asked = wanted === '' ? '0' : wanted;
  for (const line of passwd.split('\n')) {
    const [name, , uid, , , home] = line.split(':');
    if ((name === asked || uid === asked) && home) return home;
  }
  return '/';
}

/**
 * The environment in the order in which `docker exec … env` prints it: the engine's own variables, what links brought,
 * the rest. Rule: moby, `container.CreateDaemonEnvironment`. Secrets are hidden.
 */
export async function environmentInside(
  engine: Engine,
  container: OwnContainer,
  definition: Definition,
): Promise<EnvView> {
  const declared = definition.spec.env;
  const secrets = secretsInside(container, definition);
  const set = new Map<string, string>();
  for (const entry of container.env) {
    const [name, value] = splitAtEquals(entry);
    if (name !== '' && value !== undefined) set.set(name, secrets.has(name) ? SECRET : value);
  }
  const isOwn = (name: string): boolean =>
    Object.hasOwn(declared, name) || secrets.has(name) || (container.imageEnvNames?.has(name) ?? true);
  const fromLinks = [...set.keys()].filter((name) => !isOwn(name));
  const env = new Map([
    ['PATH', set.get('PATH') ?? DEFAULT_PATH],
    ['HOSTNAME', set.get('HOSTNAME') ?? container.hostname],
  ]);
  for (const name of fromLinks) env.set(name, set.get(name) ?? '');
  for (const [name, value] of set) env.set(name, value);
  if (!env.has('HOME')) {
    const passwd = await engine.readFile(container.id, '/etc/passwd');
    env.set('HOME', homeOf(container.user, passwd === null ? '' : text(passwd)));
  }
  return { env: Object.fromEntries(env), fromLinks };
}

/** @returns null where the container has no such file */
export async function hostsInside(engine: Engine, container: OwnContainer): Promise<HostsView | null> {
  const file = await engine.readFile(container.id, HOSTS_FILE);
  if (file === null) return null;
  return { text: text(file), entries: parseHosts(text(file)) };
}
