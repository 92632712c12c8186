import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import type { DefinitionInput, Reservation, Spec } from '../../../../src/domain/definition/definition.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { LOCAL_HOST } from '../../../../src/domain/host.js';
import { importCompose } from '../../../../src/domain/import-export/compose/import.js';
import { toYaml } from '../../../../src/domain/import-export/compose/yaml/write-yaml.js';
import { exported } from './exported.js';

const text = fc.string({ unit: 'grapheme', maxLength: 12 }).filter((one) => !one.includes('\0'));
/** Texts that one reader of YAML or another takes for something else, or that Compose puts variables into. */
const awkward = fc.oneof(
  text,
  fc.string({
    unit: fc.constantFrom(
      ...'$${}:-?+ \n\t\'"#&*!|>%@`,[]~=<\\/.0123456789abceEnoxyY_\u0085\u2028\u00a0\ufeff\u0007\u007f',
    ),
    maxLength: 10,
  }),
  fc.constantFrom(
    ...[
      'yes',
      'No',
      'on',
      'OFF',
      'y',
      'n',
      'null',
      '~',
      'NULL',
      '',
      ' ',
      'true',
      'False',
      '<<',
      '=',
      '-',
      '--- ',
      '...',
    ],
    ...['0777', '0o17', '0x1F', '0b11', '1_000', '1e3', '.5', '1.10', '-0', '.inf', '.nan', '1:20', '2001-01-01', '+1'],
    ...[
      '$HOME',
      '${A:-b}',
      '$$',
      '$',
      'a: b',
      'a #b',
      '- a',
      '? a',
      '!x',
      '&a',
      '*a',
      '{a',
      '[a',
      'x\n',
      '\nx',
      'a\r\nb',
    ],
  ),
);
const record = (keys: fc.Arbitrary<string>) => fc.dictionary(keys, awkward, { maxKeys: 4 });
const port = fc.integer({ min: 1, max: 65_535 });
const word = fc.stringMatching(/^[a-zA-Z0-9][a-zA-Z0-9_.-]{1,8}$/);

const input = (sources: readonly string[], network: string): fc.Arbitrary<DefinitionInput> =>
  fc.record(
    {
      image: fc.constantFrom('mysql', 'mysql:8', `127.0.0.1:5001/a/b@sha256:${'a'.repeat(64)}`),
      command: fc.array(awkward, { maxLength: 3 }),
      entrypoint: fc.array(awkward, { maxLength: 3 }),
      env: record(awkward.filter((key) => key !== '' && !key.includes('='))),
      workingDir: text.map((path) => `/${path}`),
      user: fc.constantFrom('1000', '0', 'www-data', '1000:1000'),
      hostname: fc.constantFrom('web', '1', 'db-1.example.com'),
      expose: fc.array(
        port.map((number) => `${number}/udp`),
        { maxLength: 3 },
      ),
      publishAll: fc.boolean(),
      ports: fc.array(
        fc.record(
          {
            hostIp: fc.constantFrom('127.0.0.1', '::1', '::', '0.0.0.0'),
            hostPort: port,
            containerPort: port,
            protocol: fc.constantFrom('tcp' as const, 'udp' as const, 'sctp' as const),
          },
          { requiredKeys: ['containerPort', 'protocol'] },
        ),
        { maxLength: 4 },
      ),
      links: fc.uniqueArray(
        fc.record({
          container: fc.constantFrom('elsewhere', 'beyond', ...sources),
          alias: word,
          env: fc.constantFrom('all' as const, 'address' as const, 'none' as const),
        }),
        { maxLength: 4, selector: ({ alias }) => alias.toLowerCase() },
      ),
      ...(network !== 'several' && { network: fc.constant(network) }),
      ...(network === 'several' && {
        networks: fc
          .tuple(
            fc.uniqueArray(fc.constantFrom('front', 'middle', 'shop_default'), { maxLength: 3 }),
            fc.uniqueArray(fc.constantFrom('a', 'b.c', '1'), { maxLength: 2 }),
            fc.constantFrom({}, { ipv4Address: '10.2.0.9' }, { ipv6Address: 'fd00::9' }),
          )
          // One that all share, so that links are possible; of one alone the short form is the same.
          .map(([more, aliases, addresses]) => [
            ...more.map((name) => ({ name, aliases })),
            { name: 'shared', aliases, ...(more.length === 0 ? { ipv4Address: '10.2.0.8' } : addresses) },
          ]),
      }),
      ...(network !== 'bridge' &&
        network !== 'several' && {
          networkAliases: fc.uniqueArray(fc.constantFrom('a', 'b.c', '1'), { maxLength: 2 }),
        }),
      volumes: fc.uniqueArray(
        fc.oneof(
          fc.record({ volume: word, target: word.map((name) => `/${name}`), readOnly: fc.boolean() }),
          fc.record(
            {
              ...{ volume: word.map((name) => `/srv/${name}`), target: word.map((name) => `/${name}`) },
              ...{ readOnly: fc.boolean(), createHostPath: fc.constant(true) },
              propagation: fc.constantFrom('private', 'shared', 'rshared', 'slave', 'rslave'),
              selinux: fc.constantFrom('z', 'Z'),
            } as const,
            { requiredKeys: ['volume', 'target', 'readOnly', 'createHostPath'] },
          ),
          fc.record({ volume: fc.constant('/'), target: word.map((name) => `/${name}`), readOnly: fc.boolean() }),
        ),
        { maxLength: 3, selector: ({ target }) => target },
      ),
      labels: record(awkward.filter((key) => key !== '' && !key.startsWith('io.berth.'))),
      healthcheck: fc.record(
        {
          command: fc.oneof(
            fc.array(
              awkward.filter((one) => one !== ''),
              { maxLength: 3 },
            ),
            fc.constantFrom(['CMD', 'NONE'], ['CMD', 'CMD', 'x'], ['CMD', 'CMD-SHELL']),
          ),
          intervalSeconds: fc.constantFrom(0, 1, 0.5, 0.001, 90, 9_007_199),
          timeoutSeconds: fc.constantFrom(0.25, 30),
          retries: fc.nat({ max: 99 }),
          startPeriodSeconds: fc.constantFrom(0, 3600),
          startIntervalSeconds: fc.constantFrom(0, 0.5, 5),
        },
        { requiredKeys: ['command'] },
      ),
      restartPolicy: fc.constantFrom('always' as const, 'on-failure' as const, 'no' as const),
      restartMaxRetries: fc.constantFrom(0, 5),
      tmpfs: fc.constantFrom([], ['/run'], ['/mem:size=1m,mode=1777', '/run:ro']),
      logDriver: fc.constantFrom('json-file', 'local', 'syslog'),
      logOptions: fc.constantFrom({}, { 'max-size': '1m', 'max-file': '2' }, { mode: 'non-blocking' }),
      resources: fc.record(
        {
          memoryBytes: fc.integer({ min: 6_291_456 }),
          cpus: fc.constantFrom(0.5, 2, 0.123456789),
          pids: fc.integer({ min: 1, max: 4_000_000 }),
        },
        { requiredKeys: [] },
      ),
      pullPolicy: fc.constantFrom('missing' as const, 'always' as const, 'never' as const),
      stopSignal: fc.constantFrom('TERM', '9', 'rtmin+1'),
      stopTimeoutSeconds: fc.integer({ min: 0, max: 3600 }),
      onLinkChange: fc.constantFrom('recreate' as const, 'ignore' as const),
      onUnhealthy: fc.constantFrom('none' as const, 'restart' as const),
      boot: fc.constantFrom('engine' as const, 'held' as const),
      dependsOn: fc.uniqueArray(
        fc.record({
          container: fc.constantFrom('elsewhere', 'beyond', ...sources),
          condition: fc.constantFrom('started' as const, 'healthy' as const),
          required: fc.boolean(),
        }),
        { maxLength: 4, selector: ({ container }) => container },
      ),
      state: fc.constantFrom('running' as const, 'stopped' as const),
    },
    { requiredKeys: network === 'several' ? ['image', 'networks'] : ['image', 'network'] },
  );

interface Declared {
  readonly name: string;
  readonly spec: Spec;
}

const definitions = fc
  .tuple(
    fc.constantFrom('bridge', 'back', 'shop_default', 'Shop.1_default', 'several'),
    fc.uniqueArray(word, { minLength: 1, maxLength: 3, selector: (name) => name.toLowerCase() }),
  )
  .chain(([network, names]) =>
    fc.tuple(...names.map((name, index) => input(names.slice(0, index), network).map((one) => ({ ...one, name })))),
  )
  .map((inputs) =>
    inputs.flatMap((one): readonly Declared[] => {
      const declared = declare(one);
      return declared.ok ? [{ name: one.name, spec: inOneOrder(declared.spec) }] : [];
    }),
  )
  // A link to one that could not be declared is a link to elsewhere.
  .filter((all) => all.length > 0);

/** A spec with its dependencies in one order, which has no meaning. */
const inOneOrder = (spec: Spec): Spec =>
  spec.dependsOn === undefined
    ? spec
    : { ...spec, dependsOn: spec.dependsOn.toSorted((a, b) => (a.container < b.container ? -1 : 1)) };

interface Named {
  readonly name?: string | undefined;
}
const byName = (a: Named, b: Named): number => ((a.name ?? '') < (b.name ?? '') ? -1 : 1);

/** What a file comes to: the specs by name, or why there are none. */
function specsOf(compose: string, over: { readonly project?: string } = {}) {
  const read = importCompose({ compose, ...over });
  if (!read.ok) return read;
  const specs = read.containers.map((one) => {
    const declared = declare(one);
    return { name: one.name, spec: declared.ok ? inOneOrder(declared.spec) : declared.faults };
  });
  // A map has its keys that are numbers first.
  return { set: read.set, specs: specs.sort(byName), left: read.left };
}

describe('what is exported', () => {
  test('is what it was when it is imported, whatever its texts are', () => {
    let links = 0;
    fc.assert(
      fc.property(definitions, fc.constantFrom(null, 'shop', 'Shop.1'), (all, set) => {
        const file = toYaml(
          exported(
            set,
            all.map((one) => ({ ...one, reservations: [] })),
          ),
        );
        expect(specsOf(file), file).toEqual({ set, specs: all.toSorted(byName), left: [] });
        links += all.reduce((sum, { spec }) => sum + spec.links.length, 0);
      }),
      { numRuns: 200 },
    );
    expect(links).toBeGreaterThan(50);
  });

  test('keeps the host ports that were picked, and those of publishAll', () => {
    const claim = (over: Partial<Reservation>): Reservation => ({
      ...{
        uid: 'u',
        host: LOCAL_HOST,
        hostPort: 49_001,
        containerPort: 80,
        protocol: 'tcp',
        origin: 'assigned',
        confirmed: true,
      },
      ...over,
    });
    const declared = declare({
      image: 'x',
      publishAll: true,
      ports: ['80', '8000-8009:80', '127.0.0.1::80', '7000:80', '81/udp'],
    });
    if (!declared.ok) throw new Error('it is whole');
    const reservations = [
      claim({ hostPort: 8003 }),
      claim({ hostPort: 7000, origin: 'fixed' }),
      claim({ hostIp: '127.0.0.1', hostPort: 49_003 }),
      claim({ hostPort: 49_001 }),
      claim({ hostPort: 49_004, containerPort: 443, origin: 'publishAll' }),
    ];
    const file = toYaml(exported('shop', [{ name: 'web', spec: declared.spec, reservations }]));
    const read = importCompose({ compose: file });
    expect(read).toMatchObject({ ok: true, left: [] });
    expect(read.ok && read.containers[0]).toMatchObject({
      publishAll: true,
      ports: [
        { hostPort: 49_001, containerPort: 80 },
        { hostPort: 8003, containerPort: 80 },
        { hostIp: '127.0.0.1', hostPort: 49_003 },
        { hostPort: 7000 },
        { containerPort: 81, protocol: 'udp' },
        { hostPort: 49_004, containerPort: 443 },
      ],
    });
  });
});

test('YAML that is written is read as the same data, by its own rules and by those of 1.1', () => {
  fc.assert(
    fc.property(record(awkward), (data) => {
      const file = toYaml({ data });
      expect(parse(file)).toEqual({ data });
      expect(parse(file, { version: '1.1' })).toEqual({ data });
      expect(file).not.toMatch(/(?!\n)[\p{Cc}\u2028\u2029\ufeff]/u);
    }),
    { numRuns: 500, examples: [[{ '': ' \n' }]] },
  );
});
