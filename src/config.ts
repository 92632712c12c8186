/** Configuration: flags over environment over file. What is not known is an error, with the nearest that is. */

import path from 'node:path';
import { parseArgs } from 'node:util';
import ipaddr from 'ipaddr.js';
import { isTokenSecret, TOKEN_SECRET_RULE } from './domain/access/tokens.js';
import { DEFAULT_POOL, type NetworkPool, parseNetworkPool } from './domain/networks/pool.js';
import { type PortRange, parsePortRange } from './domain/ports/parse.js';
import { Problem } from './domain/problems/problem.js';
import type { Result } from './domain/problems/result.js';
import { ENGINE_ADDRESSES, sshAddress } from './engine/docker/index.js';
import { readPolicyFile } from './service/access/policy.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  /** The path of the Unix socket; undefined where there is none. */
  readonly socket: string | undefined;
  readonly auth: 'on' | 'off';
  /** The admin's token; by default the one in the data folder. */
  readonly token?: string;
  /** Names, beside localhost and addresses, under which the server may be asked. Lower case. */
  readonly allowedHosts: readonly string[];
  /** Requests a second that one token may send; 0: as many as it likes. */
  readonly rateLimit: number;
  /** Certificate and key in PEM. */
  readonly tls?: { readonly cert: string; readonly key: string };
  readonly instance?: string;
  readonly portRange: PortRange;
  readonly networkPool: NetworkPool;
  readonly policyFile?: string;
  /** File of the keys that seal secrets; by default the one in the data folder. */
  readonly secretsKeyFile?: string;
  /** The docker CLI's `config.json`, as a further source of registry credentials. */
  readonly dockerConfig?: string;
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  readonly engine: { readonly host: string; readonly certPath?: string; readonly tls: boolean };
}

/** Returns a configuration without its secrets, for display. */
export function shownConfig({ token, tls, networkPool, ...config }: Config): object {
  return {
    ...config,
    networkPool: networkPool.map(({ range, prefix }) => `${range.text}:${prefix}`).join(','),
    ...(token !== undefined && { token: '(hidden)' }),
    ...(tls !== undefined && { tls: '(given)' }),
  };
}

/** Outcome of parsing a command line. */
export type Command =
  | { readonly kind: 'serve' | 'check-config'; readonly config: Config }
  | { readonly kind: 'help' | 'version' }
  | { readonly kind: 'faults'; readonly faults: readonly string[] };

interface Option {
  readonly env: string;
  readonly value: string;
  readonly initial: string;
  readonly help: string;
}

/** Every option: its flag and key in a file, its variable, its default. */
const OPTIONS: Readonly<Record<string, Option>> = {
  host: { env: 'BERTH_HOST', value: 'ADDRESS', initial: '127.0.0.1', help: 'address to listen on' },
  port: { env: 'BERTH_PORT', value: 'PORT', initial: '8080', help: 'port to listen on; 0 takes any' },
  'data-dir': { env: 'BERTH_DATA_DIR', value: 'FOLDER', initial: './data', help: 'folder of the database' },
  socket: {
    env: 'BERTH_SOCKET',
    value: 'PATH',
    initial: '',
    help: 'Unix socket; its clients need no token. Default: berth.sock in the data folder; "off" disables it',
  },
  auth: {
    env: 'BERTH_AUTH',
    value: 'on|off',
    initial: 'on',
    help: 'off disables authentication; allowed on loopback only',
  },
  token: {
    env: 'BERTH_TOKEN',
    value: 'TOKEN',
    initial: '',
    help: 'admin token; generated at the first start by default',
  },
  'token-file': { env: 'BERTH_TOKEN_FILE', value: 'FILE', initial: '', help: 'file that contains the admin token' },
  'allowed-hosts': {
    env: 'BERTH_ALLOWED_HOSTS',
    value: 'NAME,…',
    initial: '',
    help: 'host names of this server, besides localhost and addresses',
  },
  'rate-limit': {
    env: 'BERTH_RATE_LIMIT',
    value: 'NUMBER',
    initial: '1000',
    help: 'requests per second for each token; 0: no limit',
  },
  'tls-cert': { env: 'BERTH_TLS_CERT', value: 'FILE', initial: '', help: 'TLS certificate (PEM); serves HTTPS' },
  'tls-key': { env: 'BERTH_TLS_KEY', value: 'FILE', initial: '', help: 'private key of the TLS certificate (PEM)' },
  insecure: {
    env: 'BERTH_INSECURE',
    value: 'behind-proxy',
    initial: '',
    help: 'allow plain HTTP on a non-loopback address, because a proxy in front of Berth terminates TLS',
  },
  instance: {
    env: 'BERTH_INSTANCE',
    value: 'ID',
    initial: '',
    help: 'instance id for the owner labels; generated at the first start by default',
  },
  'port-range': {
    env: 'BERTH_PORT_RANGE',
    value: 'FROM-TO',
    initial: '49000-49900',
    help: 'range from which host ports are picked',
  },
  'network-pool': {
    env: 'BERTH_NETWORK_POOL',
    value: 'SUBNET:SIZE,…',
    initial: DEFAULT_POOL,
    help: 'ranges from which subnets of networks are picked, and their prefix',
  },
  'policy-file': {
    env: 'BERTH_POLICY_FILE',
    value: 'FILE',
    initial: '',
    help: 'file with limits on definitions (docs/policy.md); SIGHUP reloads it',
  },
  'secrets-key-file': {
    env: 'BERTH_SECRETS_KEY_FILE',
    value: 'FILE',
    initial: '',
    help: 'keys that seal stored secrets; generated in the data folder by default (docs/registries.md)',
  },
  'docker-config': {
    env: 'BERTH_DOCKER_CONFIG',
    value: 'FILE',
    initial: '',
    help: 'config.json of the docker CLI, for registry credentials that are not stored in Berth; runs its credential helpers',
  },
  'log-level': {
    env: 'BERTH_LOG_LEVEL',
    value: 'LEVEL',
    initial: 'info',
    help: 'trace, debug, info, warn, error, fatal or silent',
  },
  'log-format': {
    env: 'BERTH_LOG_FORMAT',
    value: 'FORMAT',
    initial: '',
    help: 'pretty or json; default: pretty on a terminal, otherwise json',
  },
  'docker-host': {
    env: 'DOCKER_HOST',
    value: 'URL',
    initial: 'unix:///var/run/docker.sock',
    help: 'address of the container engine',
  },
  'docker-cert-path': {
    env: 'DOCKER_CERT_PATH',
    value: 'FOLDER',
    initial: '',
    help: 'folder with ca.pem, cert.pem and key.pem for TLS',
  },
  'docker-tls-verify': { env: 'DOCKER_TLS_VERIFY', value: '1', initial: '', help: 'use TLS for a tcp:// engine' },
};

/** Variables of ours that are read elsewhere: by the scripts around the server, and by main.ts for its own tests. */
const NOT_OPTIONS: ReadonlySet<string> = new Set(['BERTH_ENGINE_SETUP', 'BERTH_CONFIG', 'BERTH_TEST_FAIL_POINT']);

const LEVELS = ['trace', 'debug', 'info', 'warn', 'error', 'fatal', 'silent'];

/** @param readFile reads a file as text; may throw, which is a fault of the configuration */
export function parseConfig(given: {
  readonly argv: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly readFile: (path: string) => string;
  readonly isTerminal: boolean;
}): Command {
  const { argv, env, readFile, isTerminal } = given;
  const flags = readFlags(argv);
  if (flags.values['help']) return { kind: 'help' };
  if (flags.values['version']) return { kind: 'version' };
  const faults = [...flags.faults, ...unknownVariables(env)];
  const filePath = textOf(flags.values['config']) ?? env['BERTH_CONFIG'];
  const file = filePath === undefined ? {} : readConfigFile(filePath, readFile, faults);
  const raw = (key: string): string => {
    const option = OPTIONS[key];
    const fromEnv = option === undefined ? undefined : env[option.env];
    return textOf(flags.values[key]) ?? (fromEnv || undefined) ?? file[key] ?? option?.initial ?? '';
  };
  const config = build(raw, readFile, isTerminal, faults);
  if (config.policyFile !== undefined) faults.push(...policyFaults(config.policyFile, readFile));
  if (faults.length > 0) return { kind: 'faults', faults };
  return { kind: flags.values['check-config'] ? 'check-config' : 'serve', config };
}

const textOf = (value: string | boolean | undefined): string | undefined =>
  typeof value === 'string' ? value : undefined;

function readFlags(argv: readonly string[]) {
  const strings = Object.fromEntries(
    [...Object.keys(OPTIONS), 'config'].map((key) => [key, { type: 'string' as const }]),
  );
  const switches = Object.fromEntries(
    ['help', 'version', 'check-config'].map((key) => [key, { type: 'boolean' as const }]),
  );
  const options = { ...strings, ...switches };
  const { values, tokens } = parseArgs({
    args: [...argv],
    options,
    strict: false,
    tokens: true,
    allowPositionals: true,
  });
  const faults = tokens.flatMap((token): string[] => {
    if (token.kind === 'positional') return [`${JSON.stringify(token.value)} is not an option: options begin with --`];
    if (token.kind !== 'option') return [];
    if (!Object.hasOwn(options, token.name))
      return [`${token.rawName} is not an option${nearest(token.name, Object.keys(options), '--')}`];
    if (Object.hasOwn(strings, token.name) && token.value === undefined) return [`--${token.name} needs a value`];
    return [];
  });
  return { values: values as Record<string, string | boolean | undefined>, faults };
}

function unknownVariables(env: Readonly<Record<string, string | undefined>>): readonly string[] {
  const known = new Set([...Object.values(OPTIONS).map((option) => option.env), ...NOT_OPTIONS]);
  return Object.keys(env)
    .filter((name) => name.startsWith('BERTH_') && !known.has(name) && !name.startsWith('BERTH_TEST_'))
    .map((name) => `${name} is not a variable of Berth${nearest(name, [...known])}`);
}

function readConfigFile(file: string, readFile: (path: string) => string, faults: string[]): Record<string, string> {
  let text: string;
  try {
    text = readFile(file);
  } catch (error) {
    faults.push(`the configuration file ${file} can't be read: ${(error as Error).message}`);
    return {};
  }
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    // What the parser says quotes the file, which may hold the token.
    faults.push(`the configuration file ${file} can't be read as JSON: check its quotes, commas and braces`);
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    faults.push(`the configuration file ${file} must hold a JSON object`);
    return {};
  }
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (!Object.hasOwn(OPTIONS, key))
      faults.push(`${file}: ${key} is not an option${nearest(key, Object.keys(OPTIONS))}`);
    else if (typeof value === 'string' || typeof value === 'number') values[key] = String(value);
    else faults.push(`${file}: ${key} must be a string or a number`);
  }
  return values;
}

function policyFaults(path: string, readFile: (path: string) => string): readonly string[] {
  try {
    readPolicyFile(path, readFile);
    return [];
  } catch (error) {
    if (!(error instanceof Problem)) throw error;
    return error.faults.map(({ pointer, message }) => `policy-file: ${path}: ${pointer}${pointer && ' '}${message}`);
  }
}

function build(
  raw: (key: string) => string,
  readFile: (path: string) => string,
  isTerminal: boolean,
  faults: string[],
): Config {
  const take = <T>(key: string, read: (text: string) => Result<T>, otherwise: T): T => {
    const result = read(raw(key));
    if (!result.ok) faults.push(`${key}: ${result.message}`);
    return result.ok ? result.value : otherwise;
  };
  const fileOf = (key: string): string | undefined => {
    const file = raw(key);
    if (file === '') return undefined;
    try {
      return readFile(file);
    } catch (error) {
      faults.push(`${key}: ${file} can't be read: ${(error as Error).message}`);
      return undefined;
    }
  };
  const instance = raw('instance');
  const token = tokenOf(raw, fileOf('token-file'), faults);
  const [cert, key] = [fileOf('tls-cert'), fileOf('tls-key')];
  if ((raw('tls-cert') === '') !== (raw('tls-key') === '')) faults.push('tls-cert and tls-key: set both or neither');
  const host = take('host', notEmpty, '');
  const auth = take('auth', () => oneOf(raw('auth'), ['on', 'off']), 'on') as Config['auth'];
  const dataDir = take('data-dir', notEmpty, '');
  const insecure = take('insecure', () => oneOf(raw('insecure'), ['', 'behind-proxy']), '');
  if (host !== '' && !isLoopback(host)) {
    if (auth === 'off')
      faults.push(
        `auth: "off" is allowed on loopback only, and host is ${host}: anyone who can reach it would have root access`,
      );
    if (cert === undefined && insecure === '') {
      faults.push(
        `host: ${host} is not loopback, so tokens would be sent unencrypted. Set --tls-cert and --tls-key, or --insecure behind-proxy if a proxy in front of Berth terminates TLS`,
      );
    }
  }
  const policyFile = raw('policy-file');
  const certPath = raw('docker-cert-path');
  const format = raw('log-format') || (isTerminal ? 'pretty' : 'json');
  return {
    host,
    port: take('port', portNumber, 0),
    dataDir,
    socket: raw('socket') === 'off' ? undefined : raw('socket') || path.join(dataDir, 'berth.sock'),
    auth,
    ...(token !== undefined && { token }),
    allowedHosts: take('allowed-hosts', hostNames, []),
    rateLimit: take('rate-limit', wholeNumber, 0),
    ...(cert !== undefined && key !== undefined && { tls: { cert, key } }),
    ...(instance !== '' && { instance }),
    portRange: take('port-range', () => parsePortRange(raw('port-range')), { from: 0, to: 0 }),
    networkPool: take('network-pool', parseNetworkPool, []),
    ...(policyFile !== '' && { policyFile }),
    ...(raw('secrets-key-file') !== '' && { secretsKeyFile: raw('secrets-key-file') }),
    ...(raw('docker-config') !== '' && { dockerConfig: raw('docker-config') }),
    logLevel: take('log-level', () => oneOf(raw('log-level'), LEVELS), 'info'),
    logFormat: take('log-format', () => oneOf(format, ['pretty', 'json']), 'json') as Config['logFormat'],
    engine: {
      host: take('docker-host', (text) => engineUrl(text, raw('docker-tls-verify') !== ''), ''),
      ...(certPath !== '' && { certPath }),
      tls: raw('docker-tls-verify') !== '',
    },
  };
}

/** The admin's token, from the one or the other. It is long enough not to be guessed. */
function tokenOf(raw: (key: string) => string, inFile: string | undefined, faults: string[]): string | undefined {
  if (raw('token') !== '' && raw('token-file') !== '') faults.push('token and token-file: set only one of them');
  const token = raw('token') || inFile?.trim();
  if (token === undefined) return undefined;
  if (!isTokenSecret(token)) faults.push(`token: ${TOKEN_SECRET_RULE}`);
  return token;
}

/** True if only this machine reaches it. */
const isLoopback = (host: string): boolean =>
  host === 'localhost' || (ipaddr.isValid(host) && ipaddr.process(host).range() === 'loopback');

/** Names as a Host header has them, without its port: there is nothing that stands for many. */
function hostNames(text: string): Result<readonly string[]> {
  const names = text
    .split(',')
    .map((name) => name.trim().toLowerCase())
    .filter((name) => name !== '');
  const wrong = names.find((name) => !/^[\da-z_](?:[\da-z_.-]*[\da-z_])?$/.test(name));
  if (wrong === undefined) return { ok: true, value: names };
  return {
    ok: false,
    message: `${JSON.stringify(wrong)} is not a host name: write each name in full, without a scheme, port or wildcard`,
  };
}

const wholeNumber = (text: string): Result<number> =>
  /^\d{1,9}$/.test(text)
    ? { ok: true, value: Number(text) }
    : { ok: false, message: `${JSON.stringify(text)} is not a whole number` };

const notEmpty = (text: string): Result<string> =>
  text.trim() === '' ? { ok: false, message: 'is empty: leave it out to use the default' } : { ok: true, value: text };

function portNumber(text: string): Result<number> {
  const port = Number(text);
  const isPort = /^\d{1,5}$/.test(text) && port <= 65_535;
  return isPort
    ? { ok: true, value: port }
    : { ok: false, message: `${JSON.stringify(text)} is not a port: write 0 to 65535` };
}

function oneOf(text: string, known: readonly string[]): Result<string> {
  if (known.includes(text)) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} is not one of ${known.join(', ')}` };
}

/**
 * The engine is reached over its socket, TLS or ssh: anyone who can read a plain connection could be root on its host.
 */
function engineUrl(text: string, tls: boolean): Result<string> {
  if (text.startsWith('tcp://') && !tls) {
    const message = `${JSON.stringify(text)} would be an unencrypted connection: set docker-tls-verify and docker-cert-path, or use the engine's Unix socket`;
    return { ok: false, message };
  }
  if (/^(unix:\/\/\/.+|tcp:\/\/[^/]+)$/.test(text) || sshAddress(text) !== null) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} can't be used: write ${ENGINE_ADDRESSES}` };
}

/** `, did you mean --port?` for the known word that differs in the fewest letters, if it is near. */
function nearest(word: string, known: readonly string[], prefix = ''): string {
  const [best] = known.map((one) => ({ one, far: distance(word, one) })).sort((a, b) => a.far - b.far);
  return best !== undefined && best.far <= Math.max(2, word.length / 3) ? `, did you mean ${prefix}${best.one}?` : '';
}

/** Levenshtein's distance. */
function distance(a: string, b: string): number {
  let row = Array.from({ length: b.length + 1 }, (_, i) => i);
  for (const [i, letter] of [...a].entries()) {
    const next = [i + 1];
    for (const [j, other] of [...b].entries()) {
      next.push(Math.min((next[j] ?? 0) + 1, (row[j + 1] ?? 0) + 1, (row[j] ?? 0) + (letter === other ? 0 : 1)));
    }
    row = next;
  }
  return row[b.length] ?? 0;
}

/** Returns the text that `--help` prints. */
export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(([key, { env, value, initial, help }]) => {
    const shown = initial === '' ? '' : ` (${initial})`;
    return `  ${`--${key} ${value}`.padEnd(30)} ${env.padEnd(20)} ${help}${shown}`;
  });
  return [
    'berth: keeps the containers of one engine as declared over HTTP',
    '',
    'Flags override environment variables, which override the configuration file.',
    '',
    ...lines,
    `  ${'--config FILE'.padEnd(30)} ${'BERTH_CONFIG'.padEnd(20)} JSON configuration file; its keys are the flags' names`,
    '  --check-config                 print the configuration and exit',
    '  --version, --help',
    '',
  ].join('\n');
}
