/** What the import makes of a file is what Docker Compose itself makes of it: `docker compose config`, service by service. */

import { beforeAll, describe, expect, it } from 'vitest';
import { composeCli } from '../../scripts/compose-cli.mjs';
import type { DefinitionInput, Spec } from '../../src/domain/definition/definition.js';
import { importCompose } from '../../src/domain/import-export/compose/import.js';
import { specOf } from '../support/definition.js';
import { composeMissing, dockerCompose } from './compose-cli.js';

/** A service as `config --format json` has it: everything in its long form. */
interface Canonical {
  readonly container_name?: string;
  readonly image: string;
  readonly command: readonly string[] | null;
  readonly entrypoint: readonly string[] | null;
  readonly environment?: Readonly<Record<string, string | null>>;
  readonly working_dir?: string;
  readonly user?: string;
  readonly hostname?: string;
  readonly expose?: readonly string[];
  readonly ports?: readonly { target: number; published?: string; host_ip?: string; protocol: 'tcp' | 'udp' }[];
  readonly networks?: Readonly<
    Record<string, { readonly aliases?: readonly string[]; readonly priority?: number } | null>
  >;
  readonly network_mode?: string;
  readonly volumes?: readonly { type: string; source: string; target: string; read_only?: boolean }[];
  readonly labels?: Readonly<Record<string, string>>;
  readonly healthcheck?: {
    readonly test?: readonly string[];
    readonly disable?: boolean;
    readonly retries?: number;
    readonly interval?: string;
    readonly timeout?: string;
    readonly start_period?: string;
  };
  readonly restart?: string;
  readonly mem_limit?: string;
  readonly cpus?: number;
  readonly pids_limit?: number;
  readonly stop_signal?: string;
  readonly stop_grace_period?: string;
  readonly scale?: number;
  readonly deploy?: {
    readonly resources?: {
      readonly limits?: { readonly memory?: string; readonly cpus?: number; readonly pids?: number };
    };
  };
}
interface CanonicalFile {
  readonly name: string;
  readonly services: Readonly<Record<string, Canonical>>;
  readonly networks?: Readonly<Record<string, { readonly name: string }>>;
  readonly volumes?: Readonly<Record<string, { readonly name: string }>>;
}

/** `1h1m1.5s`, as Go writes it. */
const seconds = (text: string | undefined): number | undefined => {
  if (text === undefined) return undefined;
  const units = { h: 3600, m: 60, s: 1, ms: 0.001 } as const;
  const terms = [...text.matchAll(/([\d.]+)(h|ms|m|s)/g)];
  return terms.reduce((sum, [, number, unit]) => sum + Number(number) * units[unit as keyof typeof units], 0);
};

const given = <T extends object>(fields: T): T =>
  Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined && value !== null)) as T;

function checkOf({ healthcheck: check }: Canonical): DefinitionInput['healthcheck'] | undefined {
  if (check === undefined) return undefined;
  const [kind, ...rest] = check.test ?? [];
  const isOff = check.disable === true || kind === 'NONE';
  return given({
    command: isOff ? [] : kind === 'CMD-SHELL' ? ['/bin/sh', '-c', ...rest] : rest,
    intervalSeconds: seconds(check.interval),
    timeoutSeconds: seconds(check.timeout),
    startPeriodSeconds: seconds(check.start_period),
    retries: check.retries,
  } as NonNullable<DefinitionInput['healthcheck']>);
}

/** The definition that the canonical form of a service describes; what it is linked to is not in it. */
function fromCanonical(service: string, one: Canonical, file: CanonicalFile): DefinitionInput {
  const joined = Object.entries(one.networks ?? {}).toSorted(
    ([a, before], [b, after]) => (after?.priority ?? 0) - (before?.priority ?? 0) || (a < b ? -1 : 1),
  );
  const [[key, settings] = ['default', null]] = joined;
  const network = one.network_mode ?? file.networks?.[key]?.name;
  const names = settings?.aliases ?? [];
  const several = joined.map(([of, own]) => ({ name: file.networks?.[of]?.name ?? '', aliases: own?.aliases ?? [] }));
  const limits = one.deploy?.resources?.limits;
  const resources = given({
    memoryBytes:
      one.mem_limit === undefined && limits?.memory === undefined ? undefined : Number(one.mem_limit ?? limits?.memory),
    cpus: one.cpus ?? limits?.cpus,
    pids: one.pids_limit ?? limits?.pids,
  });
  const env = Object.entries(one.environment ?? {}).filter(([, value]) => value !== null);
  return given({
    name: one.container_name ?? `${file.name}-${service}`,
    service,
    image: one.image,
    command: one.command,
    entrypoint: one.entrypoint,
    env: Object.fromEntries(env),
    workingDir: one.working_dir,
    user: one.user,
    hostname: one.hostname,
    expose: one.expose,
    ports: one.ports?.map(({ target, published, host_ip, protocol }) => ({
      ...(host_ip !== undefined && { hostIp: host_ip }),
      ...(published !== undefined &&
        (published.includes('-') ? { hostPortRange: published } : { hostPort: Number(published) })),
      ...{ containerPort: target, protocol },
    })),
    ...(several.length > 1
      ? { networks: several }
      : { network, networkAliases: network === 'bridge' || names.length === 0 ? undefined : names }),
    volumes: one.volumes?.map(({ source, target, read_only }) => ({
      ...{ volume: file.volumes?.[source]?.name ?? '', target, readOnly: read_only ?? false },
    })),
    labels: one.labels,
    healthcheck: checkOf(one),
    restartPolicy:
      one.restart === undefined || one.restart === 'no'
        ? 'no'
        : one.restart.startsWith('on-failure')
          ? 'on-failure'
          : 'always',
    resources,
    stopSignal: one.stop_signal,
    stopTimeoutSeconds: seconds(one.stop_grace_period),
    state: one.scale === 0 ? 'stopped' : undefined,
  } as unknown as DefinitionInput);
}

const unlinked = (input: DefinitionInput): Spec => ({ ...specOf(input), links: [] });

const FILES: Readonly<Record<string, { readonly file: string; readonly env?: Readonly<Record<string, string>> }>> = {
  'values of every kind': {
    file: `
name: values
services:
  a:
    image: x
    command: sh -c "echo $$HOME" * ~ {a,b} 'q q' "a\\"b" a\\ b "\\x" ''
    entrypoint: /x 1
    environment:
      A: 0777
      B: 1.10
      C: 1e3
      D: 1_000
      E: yes
      F: True
      G: 0x1F
      H: 0b11
      I: 12345678901234567890
      J: 1000000.0
      K: 0o17
      L: .5
      M: 123456789.5
      N: -0
      O: 0899
      P: 1:20
      Q: 1e-7
      R: 18446744073709551616
      S: "quoted # 'x' "
      T: |
        two
        lines
      U: >-
        folded
        line
      V: ''
      W: ~
      X: off
      Y: =
  b: { image: x, environment: [A=1, "B=x=y", "C=", "D=$$X"], labels: [a, b=c, "d=$$e"], command: ["a b", "$$c", ""] }
  c: { image: x, labels: { a: 1, b: true, c: , d: 1.10 }, command: [], entrypoint: [] }
`,
  },
  variables: {
    env: { A: 'a', EMPTY: '', N: '80', T: 'true' },
    file: `
name: variables
services:
  a:
    image: "x:\${A}"
    environment:
      A: "\${A} $A \${A:-x} \${EMPTY:-x} \${NO:-x}"
      B: "\${EMPTY-x}|\${NO-x}|\${A:+x}|\${EMPTY:+x}|\${NO+x}|\${EMPTY+x}"
      C: "\${NO:-a\${A}c}|\${NO:-\${NO2:-z}}|\${A:-x}"
      D: "$$A|$$\${A}|$1|a$|$-"
      E: \${NO}
    ports: ["\${N}:80", { target: "\${N}", published: "90\${N}" }]
    scale: \${ZERO:-0}
    mem_limit: \${MEM:-64m}
`,
  },
  'ports, networks and names': {
    file: `
name: nets
services:
  a:
    image: x
    ports: [80, "8080:80", "9000-9001:90-91", "127.0.0.1:7000:70/udp", { target: 81, published: "8200-8210" }, "[::1]:6000:60"]
    expose: [80, "81/udp", "90-91"]
  b: { image: x, container_name: other, networks: { default: { aliases: [one, two] } } }
  c: { image: x, networks: [back] }
  d: { image: x, network_mode: bridge }
  e: { image: x, networks: { rear: } }
networks: { back: , rear: { name: the-rear } }
`,
  },
  'volumes, health, limits and ends': {
    file: `
name: rest
services:
  a:
    image: x
    volumes: ["data:/a", "data:/b:ro", { type: volume, source: named, target: /c, read_only: true }]
    healthcheck: { test: curl x, interval: 1m30s, timeout: 1500ms, retries: "3", start_period: 1h }
    restart: always
    mem_limit: 1.5gb
    cpus: 0.5
    pids_limit: 9
    stop_grace_period: 1m30s
    stop_signal: SIGINT
    user: "1000:1000"
    working_dir: /srv
    hostname: h
  b: { image: x, healthcheck: { test: [CMD, a, b] }, restart: unless-stopped, deploy: { resources: { limits: { memory: 64M, cpus: "0.25", pids: 7 } } } }
  c: { image: x, healthcheck: { test: [CMD-SHELL, "a | b"] }, restart: on-failure, mem_limit: 67108864 }
  d: { image: x, healthcheck: { disable: true }, restart: "no", scale: 0 }
  e: { image: x, healthcheck: { test: [NONE] } }
volumes: { data: , named: { name: the-volume } }
`,
  },
  'what is written twice, substitutions and priorities': {
    file: `
name: twice
services:
  a:
    image: x
    volumes: ["data:/a", "data:/a", "other:/b", "data:/b:ro"]
    ports: ["8080:80", "8080:80", { target: 81, published: "8081" }, "8081:81"]
    expose: [80, "80"]
    healthcheck: { test: x, start_period: 1h30m }
    command: echo \`date +%s\` $(ls -l) x
    environment: { D: "\${COMPOSE_PROJECT_NAME}" }
    networks: { one: , back: { priority: 5 } }
  b: { image: x, networks: [two, one] }
volumes: { data: , other: }
networks: { one: , two: , back: }
`,
  },
  'anchors and merges': {
    file: `
name: anchors
x-a: &a { image: x, restart: always, environment: &env { A: 1, B: 2 } }
services:
  a: { <<: *a }
  b: { <<: *a, environment: { <<: *env, B: 3 } }
  c: { <<: [{ image: y }, *a], hostname: c }
  d: { !!merge <<: *a, hostname: d }
`,
  },
};

describe('docker compose config', () => {
  const missing = composeMissing();
  // One that can't be fetched would refuse every file.
  beforeAll(() => {
    if (missing === undefined) composeCli();
  });
  it.skipIf(missing !== undefined).each(Object.entries(FILES))(
    `sees the same as the import: %s${missing ?? ''}`,
    (_, { file, env = {} }) => {
      const read = importCompose({ compose: file, env });
      if (!read.ok) throw new Error(read.faults.map(({ message }) => message).join('\n'));
      const text = dockerCompose(file, ['config', '--format', 'json'], env);
      // What it prints can be read as a file again, so dollar signs are doubled.
      const canonical = JSON.parse(text, (__, value) =>
        typeof value === 'string' ? value.replaceAll('$$', '$') : value,
      );
      const services = Object.entries((canonical as CanonicalFile).services);
      expect(read.set).toBe(canonical.name);
      expect(services.length).toBe(read.containers.length);
      for (const [service, one] of services) {
        const expected = fromCanonical(service, one, canonical);
        const ours = read.containers.find((container) => container.service === service);
        expect(ours?.name, service).toBe(expected.name);
        expect(unlinked(ours as DefinitionInput), service).toEqual(unlinked(expected));
      }
    },
  );

  it
    .skipIf(missing !== undefined)
    .each([
      'services: { a: { image: x, ports: [x] } }',
      'services: { a: { image: x, depends_on: [b] } }',
      'services: { a: { image: x, links: [b] } }',
      'services: { a: { image: x, volumes: ["b:/x"] }, bb: { image: x, volumes: ["cc:/x"] } }',
      'services: { a: { image: x, networks: [b] } }',
      'services: { a: { image: x, network_mode: bridge, networks: [default] } }',
      'services: { a: { } }',
      'services: { aa: { image: x, depends_on: [bb] }, bb: { image: x, depends_on: [aa] } }',
      'services: { a: { image: x, mem_limit: 64m, deploy: { resources: { limits: { memory: 32m } } } } }',
      'services: { a: { image: x, healthcheck: { test: [curl] } } }',
      'services: { a: { image: x, healthcheck: { test: x, interval: 5 } } }',
      'services: { a: { image: x, command: "echo \'a" } }',
      'services: { a: { image: x, hostname: "${A" } }',
      'services: { a: { image: x, hostname: "${A:?needed}" } }',
      'services: { a: { image: x, image: y } }',
      'services: { a: { image: x, environment: { A: [1] } } }',
      'services: []',
      'services: { a: *b }',
      'services: { a: { image: x }, 1: { image: x } }',
      'services: { a: { image: x, environment: { 1: x } } }',
      'services: { a: { image: 5 } }',
      'services: { a: { image: x, user: 1000 } }',
      'services: { a: { image: x, command: [sleep, 5] } }',
      'services: { a: { image: x, volumes: ["v1:/x"] } }\nvolumes: { v1: { external: true, labels: { a: b } } }',
      'services: { a: { image: x } }\nvolumes: { v1: local }',
      'services: { a: { image: x, container_name: c1, scale: 2 } }',
      'services: { a: { image: x, secrets: [s1] } }',
      'services: { a: { image: x } }\nsecrets: { s1: {} }',
      'services: { a: { image: x, command: "a (b)" } }',
      'services: { a: { image: x, depends_on: [b1, b1] }, b1: { image: x } }',
      'services: { a: { image: x, volumes: ["/x::ro"] } }',
    ])('refuses what the import refuses: %s', (lines) => {
    const file = `name: wrong\n${lines}`;
    expect(importCompose({ compose: file })).toMatchObject({ ok: false });
    expect(() => dockerCompose(file, ['config', '--quiet'])).toThrow(/docker compose config/);
  });

  it.skipIf(missing !== undefined)('refuses a key that it does not know, which the import reports', () => {
    const file = 'name: wrong\nservices: { a: { image: x, lables: {} } }';
    expect(importCompose({ compose: file })).toMatchObject({ ok: true, left: [{ at: '/services/a/lables' }] });
    expect(() => dockerCompose(file, ['config', '--quiet'])).toThrow(/docker compose config/);
  });
});
