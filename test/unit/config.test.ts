import { describe, expect, it } from 'vitest';
import { type Command, type Config, helpText, parseConfig, shownConfig } from '../../src/config.js';
import { DEFAULT_POOL, parseNetworkPool } from '../../src/domain/networks/pool.js';

interface Given {
  readonly argv?: readonly string[];
  readonly env?: Readonly<Record<string, string>>;
  /** What the configuration file holds. */
  readonly file?: string | object;
  readonly isTerminal?: boolean;
}

function parse({ argv = [], env = {}, file, isTerminal = false }: Given): Command {
  return parseConfig({
    argv: file === undefined ? argv : ['--config', 'berth.json', ...argv],
    env,
    isTerminal,
    readFile(path) {
      if (file === undefined || path !== 'berth.json') throw new Error(`ENOENT: no such file, open '${path}'`);
      return typeof file === 'string' ? file : JSON.stringify(file);
    },
  });
}

function configOf(given: Given): Config {
  const command = parse(given);
  if (command.kind !== 'serve' && command.kind !== 'check-config') throw new Error(JSON.stringify(command));
  return command.config;
}

function faultsOf(given: Given): readonly string[] {
  const command = parse(given);
  return command.kind === 'faults' ? command.faults : [];
}

const SECRET = 'a-token-that-is-long-enough';

const parsedPool = parseNetworkPool(DEFAULT_POOL);
const POOL = parsedPool.ok ? parsedPool.value : [];

const DEFAULTS: Config = {
  host: '127.0.0.1',
  port: 8080,
  dataDir: './data',
  socket: 'data/berth.sock',
  auth: 'on',
  allowedHosts: [],
  rateLimit: 1000,
  portRange: { from: 49_000, to: 49_900 },
  networkPool: POOL,
  logLevel: 'info',
  logFormat: 'json',
  engine: { host: 'unix:///var/run/docker.sock', tls: false },
};

it('has a default for everything', () => {
  expect(parse({})).toEqual({ kind: 'serve', config: DEFAULTS });
});

describe('each option', () => {
  const rows: readonly [string, string, string, Partial<Config>][] = [
    ['host', 'BERTH_HOST', '::1', { host: '::1' }],
    ['port', 'BERTH_PORT', '9090', { port: 9090 }],
    ['port', 'BERTH_PORT', '0', { port: 0 }],
    ['port', 'BERTH_PORT', '65535', { port: 65_535 }],
    [
      'data-dir',
      'BERTH_DATA_DIR',
      '/var/lib/berth',
      { dataDir: '/var/lib/berth', socket: '/var/lib/berth/berth.sock' },
    ],
    ['instance', 'BERTH_INSTANCE', 'blue', { instance: 'blue' }],
    ['port-range', 'BERTH_PORT_RANGE', '30000-30010', { portRange: { from: 30_000, to: 30_010 } }],
    ['log-level', 'BERTH_LOG_LEVEL', 'debug', { logLevel: 'debug' }],
    ['log-format', 'BERTH_LOG_FORMAT', 'pretty', { logFormat: 'pretty' }],
    ['socket', 'BERTH_SOCKET', '/run/berth.sock', { socket: '/run/berth.sock' }],
    ['socket', 'BERTH_SOCKET', 'off', { socket: undefined }],
    ['auth', 'BERTH_AUTH', 'off', { auth: 'off' }],
    ['token', 'BERTH_TOKEN', SECRET, { token: SECRET }],
    ['allowed-hosts', 'BERTH_ALLOWED_HOSTS', 'Berth.example, b', { allowedHosts: ['berth.example', 'b'] }],
    ['rate-limit', 'BERTH_RATE_LIMIT', '5', { rateLimit: 5 }],
    ['insecure', 'BERTH_INSECURE', 'behind-proxy', {}],
    ['docker-host', 'DOCKER_HOST', 'unix:///run/d.sock', { engine: { host: 'unix:///run/d.sock', tls: false } }],
    ['docker-cert-path', 'DOCKER_CERT_PATH', '/certs', { engine: { ...DEFAULTS.engine, certPath: '/certs' } }],
    ['docker-tls-verify', 'DOCKER_TLS_VERIFY', '1', { engine: { ...DEFAULTS.engine, tls: true } }],
  ];
  it.each(rows)('--%s, %s and the file take %s alike', (flag, variable, value, expected) => {
    const config = { ...DEFAULTS, ...expected };
    expect(configOf({ argv: [`--${flag}`, value] })).toEqual(config);
    expect(configOf({ argv: [`--${flag}=${value}`] })).toEqual(config);
    expect(configOf({ env: { [variable]: value } })).toEqual(config);
    expect(configOf({ file: { [flag]: value } })).toEqual(config);
  });

  it('is shown by --help with its variable and its default', () => {
    const help = helpText();
    for (const [flag, variable] of rows) expect(help).toMatch(new RegExp(`--${flag} .*${variable}`));
    for (const text of ['127.0.0.1', '8080', './data', '49000-49900', '--check-config', '--version']) {
      expect(help).toContain(text);
    }
  });
});

describe('what wins', () => {
  const env = { BERTH_PORT: '2' };
  const file = { port: 3 };
  it.each<[string, Given, number]>([
    ['the flag over all', { argv: ['--port', '1'], env, file }, 1],
    ['the variable over the file', { env, file }, 2],
    ['the file over the default', { file }, 3],
    ['the last flag over the first', { argv: ['--port', '5', '--port', '6'] }, 6],
    ['the file over a variable that is empty', { env: { BERTH_PORT: '' }, file }, 3],
  ])('%s', (_, given, port) => {
    expect(configOf(given).port).toBe(port);
  });

  it('the file may be named by BERTH_CONFIG, and --config wins over that', () => {
    const files: Record<string, string> = { 'a.json': '{"port":1}', 'b.json': '{"port":2}' };
    const port = (argv: readonly string[]) => {
      const readFile = (path: string) => files[path] as string;
      const command = parseConfig({ argv, env: { BERTH_CONFIG: 'a.json' }, readFile, isTerminal: false });
      return command.kind === 'serve' ? command.config.port : command;
    };
    expect(port([])).toBe(1);
    expect(port(['--config', 'b.json'])).toBe(2);
  });

  it.each([
    [true, undefined, 'pretty'],
    [false, undefined, 'json'],
    [true, 'json', 'json'],
    [false, 'pretty', 'pretty'],
  ] as const)('the log is for people on a terminal (%s), unless it is said (%s): %s', (isTerminal, said, format) => {
    expect(configOf({ isTerminal, env: said === undefined ? {} : { BERTH_LOG_FORMAT: said } }).logFormat).toBe(format);
  });
});

describe('the policy', () => {
  const given = (policy: unknown, more: readonly string[] = []) =>
    parseConfig({
      ...{ argv: more, env: { BERTH_POLICY_FILE: 'policy.json' }, isTerminal: false },
      readFile(path) {
        if (path !== 'policy.json') throw new Error(`ENOENT: no such file, open '${path}'`);
        return typeof policy === 'string' ? policy : JSON.stringify(policy);
      },
    });

  it('is read from the file that the variable or the flag names', () => {
    expect(given({ publish: 'loopback' })).toEqual({
      kind: 'serve',
      config: { ...DEFAULTS, policyFile: 'policy.json' },
    });
    expect(helpText()).toMatch(/--policy-file FILE +BERTH_POLICY_FILE/);
  });

  it.each<[string, unknown, readonly string[], readonly RegExp[]]>([
    ['is not there', {}, ['--policy-file', 'none.json'], [/^policy-file: none\.json: can't be read: ENOENT/]],
    ['is not JSON', '{', [], [/^policy-file: policy\.json: is not JSON: /]],
    [
      'has faults',
      { publsh: 1, hostPaths: ['srv'] },
      [],
      [
        /^policy-file: policy\.json: \/publsh is not .* did you mean publish\?$/,
        /: \/hostPaths\/0 "srv" is not a valid path/,
      ],
    ],
  ])('that %s ends the start with a sentence for each fault', (_, policy, argv, faults) => {
    expect(given(policy, argv)).toEqual({
      kind: 'faults',
      faults: faults.map((fault) => expect.stringMatching(fault)),
    });
  });
});

describe('what is asked for instead of serving', () => {
  it.each<[readonly string[], Command['kind']]>([
    [['--help'], 'help'],
    [['--version'], 'version'],
    [['--help', '--nonsense'], 'help'],
    [['--check-config'], 'check-config'],
    [['--check-config', '--port', '1'], 'check-config'],
    [['--check-config', '--port', 'x'], 'faults'],
  ])('%j: %s', (argv, kind) => {
    expect(parse({ argv }).kind).toBe(kind);
  });

  it('--check-config answers with what is in effect', () => {
    const command = parse({ argv: ['--check-config', '--port', '1'], env: { BERTH_HOST: '::1' } });
    expect(command).toEqual({ kind: 'check-config', config: { ...DEFAULTS, port: 1, host: '::1' } });
  });
});

describe('what is printed', () => {
  it('of a configuration has no secret in it', () => {
    const text = JSON.stringify(shownConfig({ ...DEFAULTS, token: SECRET, tls: { cert: 'CERT', key: 'KEY' } }));
    expect(JSON.parse(text)).toMatchObject({ port: 8080, token: '(hidden)', tls: '(given)' });
    for (const secret of [SECRET, 'CERT', 'KEY']) expect(text).not.toContain(secret);
  });

  it('of a file that is not JSON does not quote it: the token may be in it', () => {
    for (const file of [`{ "token": ${SECRET} }`, `{ "token": "${SECRET}"`, SECRET]) {
      const [fault, ...more] = faultsOf({ file });
      expect(fault).toMatch(/^the configuration file berth.json can't be read as JSON/);
      expect(more).toEqual([]);
      expect(fault).not.toContain(SECRET.slice(0, 7));
    }
  });
});

it.each(['*', '*.example.com', 'https://berth.example', 'berth.example:8080', 'berth.example/', 'berth.example.'])(
  'the name of a host %j would never be one that is asked for, and is a fault',
  (name) => {
    expect(faultsOf({ env: { BERTH_ALLOWED_HOSTS: `localhost,${name}` } })).toEqual([
      expect.stringMatching(/^allowed-hosts: .* is not a host name/),
    ]);
  },
);

describe('where it listens', () => {
  const onAll = { BERTH_HOST: '0.0.0.0' };
  it.each(['127.0.0.1', '127.1.2.3', '::1', 'localhost', '::ffff:127.0.0.1'])('%s is loopback', (host) => {
    expect(faultsOf({ env: { BERTH_HOST: host, BERTH_AUTH: 'off' } })).toEqual([]);
  });

  it.each(['0.0.0.0', '::', '192.0.2.1', 'berth.example', '10.127.0.1'])(
    '%s needs TLS, or a proxy that has it',
    (host) => {
      expect(faultsOf({ env: { BERTH_HOST: host } })).toEqual([
        expect.stringMatching(/^host: .*tls-cert.* behind-proxy/),
      ]);
      expect(faultsOf({ env: { BERTH_HOST: host, BERTH_INSECURE: 'behind-proxy' } })).toEqual([]);
      expect(faultsOf({ env: { BERTH_HOST: host, BERTH_INSECURE: 'behind-proxy', BERTH_AUTH: 'off' } })).toEqual([
        expect.stringMatching(/^auth: "off" is allowed on loopback only/),
      ]);
    },
  );

  it('takes certificate and key together, and from files', () => {
    const files: Record<string, string> = { 'c.pem': 'CERT', 'k.pem': 'KEY' };
    const read = (argv: readonly string[]) =>
      parseConfig({
        ...{ argv, env: onAll, isTerminal: false },
        readFile: (path) => {
          const text = files[path];
          if (text === undefined) throw new Error('ENOENT');
          return text;
        },
      });
    const both = read(['--tls-cert', 'c.pem', '--tls-key', 'k.pem']);
    expect(both.kind === 'serve' && both.config.tls).toEqual({ cert: 'CERT', key: 'KEY' });
    const one = read(['--tls-cert', 'c.pem']);
    expect(one.kind === 'faults' && one.faults).toEqual(['tls-cert and tls-key: set both or neither']);
    const none = read(['--tls-cert', 'c.pem', '--tls-key', 'x.pem']);
    expect(none.kind === 'faults' && none.faults).toEqual([expect.stringMatching(/^tls-key: x.pem can't be read/)]);
  });
});

describe('the token', () => {
  it('comes from a file too, without the end of its line', () => {
    const command = parseConfig({
      ...{ argv: ['--token-file', 't'], env: {}, isTerminal: false },
      readFile: () => `${SECRET}\n`,
    });
    expect(command.kind === 'serve' && command.config.token).toBe(SECRET);
  });

  it.each<[string, Given, RegExp]>([
    ['is not short', { env: { BERTH_TOKEN: 'short' } }, /^token: write 20 to 512/],
    ['has no spaces', { env: { BERTH_TOKEN: `${SECRET} x` } }, /^token: write 20 to 512/],
    [
      'is given once',
      { env: { BERTH_TOKEN: SECRET, BERTH_TOKEN_FILE: 'berth.json' }, file: {} },
      /^token and token-file/,
    ],
  ])('%s', (_, given, fault) => {
    expect(faultsOf(given).join()).toMatch(fault);
    expect(faultsOf(given).join()).not.toContain(SECRET);
  });
});

describe('the engine', () => {
  it('is asked over TCP only with TLS', () => {
    const tcp = { DOCKER_HOST: 'tcp://127.0.0.1:2376' };
    expect(faultsOf({ env: tcp })).toEqual([
      expect.stringMatching(/^docker-host: .* an unencrypted connection: set docker-tls-verify/),
    ]);
    expect(configOf({ env: { ...tcp, DOCKER_TLS_VERIFY: '1' } }).engine).toEqual({ host: tcp.DOCKER_HOST, tls: true });
  });
});

describe('an engine on another host', () => {
  it.each(['ssh://there', 'ssh://me@there:2222', 'ssh://me@[::1]/run/user/1000/docker.sock'])('%s', (host) => {
    expect(configOf({ env: { DOCKER_HOST: host } }).engine).toEqual({ host, tls: false });
  });
  it.each(['ssh://', 'ssh://me:secret@there', 'ssh://there/a b.sock', 'ssh://there/$(reboot)', 'ssh://there/x?y'])(
    'is not %s',
    (host) => {
      expect(faultsOf({ env: { DOCKER_HOST: host } })).toEqual([expect.stringContaining('or ssh://user@host')]);
    },
  );
});

describe('what is not known is a fault that says so, with the nearest that is', () => {
  const rows: readonly [string, Given, RegExp][] = [
    ['a flag', { argv: ['--prot', '1'] }, /^--prot is not an option, did you mean --port\?$/],
    ['a flag like no other', { argv: ['--frobnicate', '1'] }, /^--frobnicate is not an option/],
    ['a flag with an underscore', { argv: ['--data_dir', 'x'] }, /did you mean --data-dir\?/],
    ['a short flag', { argv: ['-p', '1'] }, /^-p is not an option/],
    ['a flag of every object', { argv: ['--constructor', 'x'] }, /^--constructor is not an option/],
    ['a word', { argv: ['serve'] }, /^"serve" is not an option/],
    ['a variable', { env: { BERTH_PROT: '1' } }, /^BERTH_PROT .*BERTH_PORT\?$/],
    ['a variable of a later version', { env: { BERTH_FROBNICATE: '1' } }, /^BERTH_FROBNICATE /],
    ['a key', { file: { prot: 1 } }, /berth\.json: prot is not an option, did you mean port\?/],
    [
      'a key as the code has it',
      { file: { dataDir: 'x' } },
      /berth\.json: dataDir is not an option, did you mean data-dir\?/,
    ],
    ['a key of every object', { file: { toString: 'x' } }, /berth\.json: toString is not an option/],
  ];
  it.each(rows)('%s', (_, given, fault) => {
    expect(faultsOf(given).filter((one) => fault.test(one))).toHaveLength(1);
  });

  it('variables of others, and those of the scripts, are none of its business', () => {
    expect(faultsOf({ env: { PATH: '/bin', BERTHA: 'x', BERTH_ENGINE_SETUP: 'off', DOCKER_CONTEXT: 'x' } })).toEqual(
      [],
    );
  });
});

describe('a value that can not be is a fault that names the option', () => {
  const rows: readonly [string, Given][] = [
    ['port', { argv: ['--port', 'x'] }],
    ['port', { argv: ['--port', '65536'] }],
    ['port', { argv: ['--port', '-1'] }],
    ['port', { argv: ['--port', '1e3'] }],
    ['port', { argv: ['--port', '80.5'] }],
    ['port', { argv: ['--port='] }],
    ['port', { argv: ['--port'] }],
    ['port', { file: { port: 80.5 } }],
    ['port', { file: { port: null } }],
    ['port', { file: { port: true } }],
    ['host', { argv: ['--host='] }],
    ['data-dir', { argv: ['--data-dir', ' '] }],
    ['port-range', { argv: ['--port-range', '5'.repeat(6)] }],
    ['port-range', { argv: ['--port-range', '200-100'] }],
    ['port-range', { argv: ['--port-range', '0-10'] }],
    ['log-level', { env: { BERTH_LOG_LEVEL: 'loud' } }],
    ['log-format', { env: { BERTH_LOG_FORMAT: 'xml' } }],
    ['docker-host', { env: { DOCKER_HOST: '/var/run/docker.sock' } }],
    ['docker-host', { env: { DOCKER_HOST: 'unix://' } }],
    ['docker-host', { env: { DOCKER_HOST: 'http://host' } }],
  ];
  it.each(rows)('%s: %j', (option, given) => {
    const faults = faultsOf(given);
    expect(faults).toHaveLength(1);
    expect(faults[0]).toContain(option);
  });

  it('every one of them is said at once', () => {
    const faults = faultsOf({ argv: ['--port', 'x', '--nope'], env: { BERTH_LOG_LEVEL: 'loud', BERTH_X: '1' } });
    expect(faults).toHaveLength(4);
  });

  it.each([
    ['{', /berth\.json can't be read as JSON/],
    ['[]', /berth\.json must hold a JSON object/],
    ['null', /berth\.json must hold a JSON object/],
  ])('a file that holds %s', (file, fault) => {
    expect(faultsOf({ file })).toEqual([expect.stringMatching(fault)]);
  });

  it('a file that is not there', () => {
    expect(faultsOf({ argv: ['--config', 'none.json'] })).toEqual([expect.stringMatching(/none\.json.*ENOENT/)]);
  });
});
