/** The docker CLI's `config.json`: credentials of registries, and the programs that keep them. */

import { failure, type Result, success } from '../problems/result.js';
import { type Credentials, readCredentials } from './credentials.js';
import { DOCKER_HUB, registryKey } from './registry-key.js';

export interface DockerConfig {
  /** Credentials by registry, as `docker login` stores them without a helper. */
  readonly auths: ReadonlyMap<string, Credentials>;
  /** Name of the credential helper by registry. */
  readonly helpers: ReadonlyMap<string, string>;
  /** Helper for every other registry; undefined if there is none. */
  readonly store: string | undefined;
}

/** Name of a helper: the program is `docker-credential-NAME`, found by PATH alone. */
const HELPER = /^[A-Za-z0-9][\w.-]{0,63}$/;

/** Limit of registries that are read. */
const MOST_REGISTRIES = 1000;

/** The name that the docker CLI stores Docker Hub's credentials under. */
const HUB_SERVER = 'https://index.docker.io/v1/';

/** Returns the name under which the docker CLI, its helpers and engines know a registry. */
export const serverOf = (host: string): string => (host === DOCKER_HUB ? HUB_SERVER : host);

/** Reads a `config.json`; no message repeats a value of it. */
export function readDockerConfig(text: string): Result<DockerConfig> {
  let config: unknown;
  try {
    config = JSON.parse(text);
  } catch {
    // The parser's own message quotes the file, which may hold passwords.
    return failure('is not JSON');
  }
  if (!isObject(config)) return failure('is not a JSON object');
  const { auths = {}, credHelpers = {}, credsStore } = config;
  if (!isObject(auths)) return failure('/auths is not an object');
  if (!isObject(credHelpers)) return failure('/credHelpers is not an object');
  if (Object.keys(auths).length + Object.keys(credHelpers).length > MOST_REGISTRIES) {
    return failure(`names more than ${MOST_REGISTRIES} registries`);
  }
  const helpers = [
    ...Object.values(credHelpers),
    ...(credsStore === undefined || credsStore === '' ? [] : [credsStore]),
  ];
  if (!helpers.every((name) => typeof name === 'string' && HELPER.test(name))) {
    return failure('has a credential helper whose name is not letters, digits, dots, dashes and underscores');
  }
  return success({
    auths: new Map(
      Object.entries(auths).flatMap(([server, entry]) => {
        const credentials = credentialsIn(entry);
        return credentials === undefined ? [] : [[hostOf(server), credentials]];
      }),
    ),
    helpers: new Map(Object.entries(credHelpers).map(([server, name]) => [hostOf(server), name as string])),
    store: typeof credsStore === 'string' && credsStore !== '' ? credsStore : undefined,
  });
}

/** Rule: docker/cli, `ConvertToHostname`. */
const hostOf = (server: string): string => registryKey(server.replace(/^https?:\/\//, '').split('/')[0] ?? '');

function credentialsIn(entry: unknown): Credentials | undefined {
  if (!isObject(entry)) return undefined;
  const { auth, identitytoken: identityToken } = entry;
  if (typeof identityToken === 'string' && identityToken !== '') {
    const token = readCredentials({ identityToken });
    return token.ok ? token.value : undefined;
  }
  let { username, password } = entry;
  if (typeof auth === 'string') {
    const decoded = Buffer.from(auth, 'base64').toString('utf8').replace(/\0+$/, '');
    const colon = decoded.indexOf(':');
    if (colon > 0) [username, password] = [decoded.slice(0, colon), decoded.slice(colon + 1)];
  }
  if (typeof username !== 'string' || typeof password !== 'string') return undefined;
  const read = readCredentials({ username, password });
  return read.ok ? read.value : undefined;
}

/** Reads what a helper prints; undefined if it is no credential. Rule: docker/docker-credential-helpers, `Credentials`. */
export function readHelperAnswer(text: string): Credentials | undefined {
  let answer: unknown;
  try {
    answer = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!isObject(answer)) return undefined;
  const { Username: username, Secret: secret } = answer;
  if (typeof username !== 'string' || typeof secret !== 'string') return undefined;
  const read = readCredentials(username === '<token>' ? { identityToken: secret } : { username, password: secret });
  return read.ok ? read.value : undefined;
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
