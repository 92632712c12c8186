/** Configuration: flags over environment over file. What is not known is an error, with the nearest that is. */

import { parseArgs } from 'node:util';
import { type PortRange, parsePortRange } from './domain/ports.js';
import type { Result } from './domain/result.js';

export interface Config {
  readonly host: string;
  readonly port: number;
  readonly dataDir: string;
  readonly instance?: string;
  readonly portRange: PortRange;
  readonly logLevel: string;
  readonly logFormat: 'pretty' | 'json';
  readonly engine: { readonly host: string; readonly certPath?: string; readonly tls: boolean };
}

/** What a command line asks for. */
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
  'data-dir': { env: 'BERTH_DATA_DIR', value: 'FOLDER', initial: './data', help: 'where the database is' },
  instance: {
    env: 'BERTH_INSTANCE',
    value: 'ID',
    initial: '',
    help: 'owner label; by default made at the first start',
  },
  'port-range': {
    env: 'BERTH_PORT_RANGE',
    value: 'FROM-TO',
    initial: '49000-49900',
    help: 'where random host ports come from',
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
    help: 'pretty or json; by default pretty on a terminal',
  },
  'docker-host': { env: 'DOCKER_HOST', value: 'URL', initial: 'unix:///var/run/docker.sock', help: 'the engine' },
  'docker-cert-path': {
    env: 'DOCKER_CERT_PATH',
    value: 'FOLDER',
    initial: '',
    help: 'ca.pem, cert.pem and key.pem for TLS',
  },
  'docker-tls-verify': { env: 'DOCKER_TLS_VERIFY', value: '1', initial: '', help: 'speak TLS to a tcp:// engine' },
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
  const path = textOf(flags.values['config']) ?? env['BERTH_CONFIG'];
  const file = path === undefined ? {} : readConfigFile(path, readFile, faults);
  const raw = (key: string): string => {
    const option = OPTIONS[key];
    const fromEnv = option === undefined ? undefined : env[option.env];
    return textOf(flags.values[key]) ?? (fromEnv || undefined) ?? file[key] ?? option?.initial ?? '';
  };
  const config = build(raw, isTerminal, faults);
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
    if (token.kind === 'positional') return [`${JSON.stringify(token.value)} is no option: options begin with --`];
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

function readConfigFile(path: string, readFile: (path: string) => string, faults: string[]): Record<string, string> {
  let parsed: unknown;
  try {
    parsed = JSON.parse(readFile(path));
  } catch (error) {
    faults.push(`the configuration file ${path} can't be read as JSON: ${(error as Error).message}`);
    return {};
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) {
    faults.push(`the configuration file ${path} must hold a JSON object`);
    return {};
  }
  const values: Record<string, string> = {};
  for (const [key, value] of Object.entries(parsed)) {
    if (!Object.hasOwn(OPTIONS, key))
      faults.push(`${path}: ${key} is not an option${nearest(key, Object.keys(OPTIONS))}`);
    else if (typeof value === 'string' || typeof value === 'number') values[key] = String(value);
    else faults.push(`${path}: ${key} must be a string or a number`);
  }
  return values;
}

function build(raw: (key: string) => string, isTerminal: boolean, faults: string[]): Config {
  const take = <T>(key: string, read: (text: string) => Result<T>, otherwise: T): T => {
    const result = read(raw(key));
    if (!result.ok) faults.push(`${key}: ${result.message}`);
    return result.ok ? result.value : otherwise;
  };
  const instance = raw('instance');
  const certPath = raw('docker-cert-path');
  const format = raw('log-format') || (isTerminal ? 'pretty' : 'json');
  return {
    host: take('host', notEmpty, ''),
    port: take('port', portNumber, 0),
    dataDir: take('data-dir', notEmpty, ''),
    ...(instance !== '' && { instance }),
    portRange: take('port-range', () => parsePortRange(raw('port-range')), { from: 0, to: 0 }),
    logLevel: take('log-level', () => oneOf(raw('log-level'), LEVELS), 'info'),
    logFormat: take('log-format', () => oneOf(format, ['pretty', 'json']), 'json') as Config['logFormat'],
    engine: {
      host: take('docker-host', engineUrl, ''),
      ...(certPath !== '' && { certPath }),
      tls: raw('docker-tls-verify') !== '',
    },
  };
}

const notEmpty = (text: string): Result<string> =>
  text.trim() === '' ? { ok: false, message: 'is empty: leave it out for the default' } : { ok: true, value: text };

function portNumber(text: string): Result<number> {
  const port = Number(text);
  const isPort = /^\d{1,5}$/.test(text) && port <= 65_535;
  return isPort
    ? { ok: true, value: port }
    : { ok: false, message: `${JSON.stringify(text)} is no port: write 0 to 65535` };
}

function oneOf(text: string, known: readonly string[]): Result<string> {
  if (known.includes(text)) return { ok: true, value: text };
  return { ok: false, message: `${JSON.stringify(text)} is none of ${known.join(', ')}` };
}

function engineUrl(text: string): Result<string> {
  if (/^(unix:\/\/\/.+|tcp:\/\/[^/]+)$/.test(text)) return { ok: true, value: text };
  return {
    ok: false,
    message: `${JSON.stringify(text)} can't be used: write unix:///path/to/docker.sock or tcp://host:port`,
  };
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

/** What `--help` prints. */
export function helpText(): string {
  const lines = Object.entries(OPTIONS).map(([key, { env, value, initial, help }]) => {
    const shown = initial === '' ? '' : ` (${initial})`;
    return `  ${`--${key} ${value}`.padEnd(30)} ${env.padEnd(20)} ${help}${shown}`;
  });
  return [
    'berth: keeps the containers of one engine as they are declared over HTTP',
    '',
    'Flags win over variables, variables over the file.',
    '',
    ...lines,
    `  ${'--config FILE'.padEnd(30)} ${'BERTH_CONFIG'.padEnd(20)} a JSON file with the flags' names as keys`,
    '  --check-config                 prints the configuration and ends',
    '  --version, --help',
    '',
  ].join('\n');
}
