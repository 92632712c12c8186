/** Requests that may well be taken: what hostile ones are made from, and what says that the rest of the server goes on. */

import fc from 'fast-check';
import { SPEC } from '../../../src/domain/definition/spec.js';
import type { OpenApi } from '../document.js';
import { resolved, type Schema } from './surface.js';

/** Words that mean something to some field. */
const WORDS = [
  ...[
    'web',
    'db',
    'absent',
    'shop',
    'web:alias',
    'db:db',
    '80',
    '80/udp',
    '5000:80',
    '127.0.0.1::53/udp',
    '8000-8003:8000-8003',
  ],
  ...['training/webapp', 'mysql:8', '/data', 'data', 'bridge', 'backend', 'SIGTERM', '10s', '1g', 'a=b', 'http', 'x'],
];

const text: fc.Arbitrary<string> = fc.oneof(
  { weight: 4, arbitrary: fc.constantFrom(...WORDS) },
  { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 12 }) },
);

/** Values that a schema takes. */
export function valuesOf(document: OpenApi, given: Schema): fc.Arbitrary<unknown> {
  const schema = resolved(document, given);
  if (schema.enum !== undefined) return fc.constantFrom(...schema.enum);
  if (schema.anyOf !== undefined) return fc.oneof(...schema.anyOf.map((one) => valuesOf(document, one)));
  switch (schema.type) {
    case 'boolean':
      return fc.boolean();
    case 'integer':
      return fc.integer({ min: schema.minimum ?? 0, max: schema.maximum ?? 2 ** 31 });
    case 'number':
      return fc.double({ min: schema.minimum ?? 0, max: schema.maximum ?? 1e6, noNaN: true });
    case 'string':
      return schema.pattern === undefined ? text : fc.stringMatching(new RegExp(schema.pattern));
    case 'array':
      return fc.array(valuesOf(document, schema.items ?? {}), { maxLength: 3 });
    case 'object':
      return objectsOf(document, schema);
    default:
      return fc.jsonValue({ maxDepth: 2 });
  }
}

function objectsOf(document: OpenApi, schema: Schema): fc.Arbitrary<unknown> {
  const { properties = {}, required = [], additionalProperties: others } = schema;
  const known = Object.fromEntries(
    Object.entries(properties).map(([name, one]) => {
      const values = valuesOf(document, one);
      return [name, required.includes(name) ? values : fc.option(values, { freq: 1, nil: undefined })];
    }),
  );
  const more = typeof others === 'object' ? fc.dictionary(text, valuesOf(document, others), { maxKeys: 3 }) : null;
  return more === null ? fc.record(known) : fc.tuple(fc.record(known), more).map(([a, b]) => ({ ...b, ...a }));
}

/** The first example of each field that documents one. */
const EXAMPLES = Object.fromEntries(
  Object.entries(SPEC).flatMap(([name, { written }]) => {
    const [example] = (written as { readonly examples?: readonly unknown[] }).examples ?? [];
    return example === undefined ? [] : [[name, example]];
  }),
);

/** A definition with every field, so that a fault in any of them is the only one. */
export const FULL = {
  ...EXAMPLES,
  name: 'full',
  service: 'web',
  publishAll: false,
  ports: [{ hostIp: '127.0.0.1', hostPortRange: '49000-49900', containerPort: 5000, protocol: 'tcp' }, '53/udp'],
  links: [],
  network: 'backend',
  restartPolicy: 'on-failure',
  pullPolicy: 'never',
  stopTimeoutSeconds: 5,
  onLinkChange: 'ignore',
  state: 'running',
} as const;

/** What links and names a host port, which {@link FULL} can't beside the rest. */
export const LINKED = {
  name: 'linked',
  image: 'training/webapp',
  ports: [{ containerPort: 80, hostPort: 48_000 }],
  links: [{ container: 'db', alias: 'store', env: 'address' }],
  publishAll: true,
} as const;

const COMPOSE = `name: shop
services:
  front:
    image: "training/webapp:\${TAG:-latest}"
    command: ["python", "app.py"]
    ports: ["8080:80", {target: 443, published: "8443", protocol: tcp, host_ip: 127.0.0.1}]
    environment: {A: "1", B: }
    depends_on: [stock]
    healthcheck: {test: ["CMD", "true"], interval: 1m30s, retries: 3}
    deploy: {resources: {limits: {cpus: "0.5", memory: 64m}}}
    labels: [a=b]
    stop_grace_period: 5s
  stock: &stock
    image: training/postgres
    volumes: ["data:/var/lib/postgresql/data", {type: volume, source: data, target: /x, read_only: true}]
    networks: {default: {aliases: [store]}}
  other: {<<: *stock, profiles: [debug]}
volumes: {data: }
`;

const DOCKER_RUN = String.raw`docker run -d --name front -p 127.0.0.1:8081:80/tcp -P --expose 53/udp --link db:store -e A='b c' \
  --label a=b -w /srv -u www -h front --memory 64m --cpus 0.5 --pids-limit 100 --restart on-failure --pull never \
  -v data:/data:ro --health-cmd true --health-interval 1m30s --stop-timeout 5 --stop-signal SIGTERM training/webapp "python" app.py`;

/** What has more places than the document's examples, by operation: their faults are then the only ones. */
export const BASES: Readonly<Record<string, readonly object[]>> = {
  createContainer: [FULL, LINKED],
  putContainer: [FULL, LINKED],
  patchContainer: [FULL, LINKED],
  applyContainers: [{ set: 'shop', prune: false, containers: [FULL, LINKED] }],
  planContainers: [{ set: 'shop', prune: true, containers: [FULL, LINKED] }],
  importCompose: [{ compose: COMPOSE, project: 'shop', env: { TAG: '1', KEY: 'x' }, profiles: ['debug'] }],
  importDockerRun: [{ command: DOCKER_RUN }],
  execInContainer: [
    { command: ['true'], timeoutSeconds: 1, user: 'www', workingDir: '/', env: { KEY: '1' }, encoding: 'base64' },
  ],
  adoptContainer: [{ container: 'web', force: true }],
  releaseRestore: [{ strays: 'remove' }],
};
