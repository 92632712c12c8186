/** The examples of the document: the chapter's containers. They run as they stand. */

import { NETWORK_INPUTS } from '../networks/examples.js';
import { REGISTRY_INPUTS } from '../registries/registries.js';
import { SECRET_INPUTS } from '../secrets/secrets.js';
import { WEBHOOK_INPUTS } from '../webhooks/contract.js';

const WEB = {
  name: 'web',
  image: 'training/webapp',
  command: ['python', 'app.py'],
  ports: ['5000:5000'],
} as const;

const DB = { name: 'db', image: 'mysql', env: { MYSQL_ROOT_PASSWORD: 'my-secret-pw' } } as const;

const LINKED = {
  name: 'web2',
  image: 'training/webapp',
  command: ['python', 'app.py'],
  publishAll: true,
  links: ['db:db'],
} as const;

/** The bodies that may create a container. */
const DEFINITIONS = {
  published: { summary: 'docker run -d -p 5000:5000 --name web training/webapp python app.py', value: WEB },
  source: { summary: 'docker run -d --name db -e MYSQL_ROOT_PASSWORD=my-secret-pw mysql', value: DB },
  linked: { summary: 'docker run -d -P --name web2 --link db:db training/webapp python app.py', value: LINKED },
} as const;

const SET = {
  shop: {
    summary: 'A recipient and its source, in any order',
    value: { set: 'shop', prune: true, containers: [LINKED, DB] },
  },
} as const;

/** A Compose file with what most have. */
const COMPOSE = `name: shop
services:
  shop:
    image: training/webapp
    command: python app.py
    restart: unless-stopped
    ports: ["5000"]
    depends_on: [stock]
  stock:
    image: training/postgres
    restart: unless-stopped
    volumes: ["data:/var/lib/postgresql/data"]
volumes:
  data:
`;

/** The bodies of requests, by operation. */
export const REQUESTS: Readonly<Record<string, object>> = {
  createContainer: DEFINITIONS,
  putNetwork: NETWORK_INPUTS,
  putRegistry: REGISTRY_INPUTS,
  putSecret: SECRET_INPUTS,
  putWebhook: WEBHOOK_INPUTS,
  createToken: {
    dashboard: {
      summary: 'A dashboard token for 30 days',
      value: { name: 'dashboard', role: 'viewer', expiresInSeconds: 2_592_000 },
    },
  },
  adoptContainer: { web: { summary: 'A container started with docker run', value: { container: 'web' } } },
  importDockerRun: {
    web: {
      summary: 'A published port and a link',
      value: { command: 'docker run -d -p 5000:5000 --name web --link db:db training/webapp python app.py' },
    },
    quoted: {
      summary: 'Several lines with quotes',
      value: { command: "docker run -d --name db \\\n  -e MYSQL_ROOT_PASSWORD='my-secret-pw' \\\n  mysql" },
    },
  },
  importCompose: {
    shop: { summary: 'A recipient and its source', value: { compose: COMPOSE } },
    named: {
      summary: 'A project with variables and profiles',
      value: {
        project: 'trial',
        env: { TAG: 'latest' },
        profiles: ['debug'],
        compose: 'services:\n  probe:\n    image: training/webapp:${TAG}\n    profiles: [debug]\n',
      },
    },
  },
  planContainers: SET,
  applyContainers: SET,
  execInContainer: {
    hosts: { summary: 'docker exec web cat /etc/hosts', value: { command: ['cat', '/etc/hosts'] } },
    shell: {
      summary: 'A command line in a shell',
      value: { command: ['sh', '-c', 'env | sort'], timeoutSeconds: 5 },
    },
  },
  pullImage: { alpine: { summary: 'docker pull alpine:3.20', value: { image: 'alpine:3.20' } } },
  restoreBackup: { file: { summary: 'The file that GET /v1/backup gave', value: 'SQLite format 3…' } },
  releaseRestore: { keep: { summary: 'Keep orphaned containers', value: { strays: 'keep' } } },
  putContainer: { published: DEFINITIONS.published },
  patchContainer: { env: { summary: 'Add a variable', value: { env: { PROVIDER: 'Berth' } } } },
};

const T0 = '2026-01-16T07:43:50.112Z';
const T1 = '2026-01-16T07:43:51.006Z';
const CONDITIONS = [
  ['Ready', 'Running'],
  ['ImageAvailable', 'Present'],
  ['PortsBound', 'Bound'],
  ['LinksResolved', 'NoLinks'],
  [
    'Exposed',
    'AllInterfaces',
    'published on all interfaces, bypassing the host firewall: 5000/tcp. Bind to 127.0.0.1 for local access only',
  ],
  ['EngineReachable', 'Connected'],
].map(([type, reason, message = '']) => ({ type, status: 'True', reason, message, lastTransitionTime: T1 }));

export const BINDINGS = [
  { hostIp: '0.0.0.0', hostPort: 5000, containerPort: 5000, protocol: 'tcp' },
  { hostIp: '::', hostPort: 5000, containerPort: 5000, protocol: 'tcp' },
] as const;

export const CONTAINER = {
  name: 'web',
  image: 'training/webapp',
  command: ['python', 'app.py'],
  env: {},
  expose: [],
  publishAll: false,
  ports: [{ hostPort: 5000, containerPort: 5000, protocol: 'tcp' }],
  links: [],
  network: 'bridge',
  volumes: [],
  labels: {},
  restartPolicy: 'always',
  resources: { pids: 4096 },
  pullPolicy: 'missing',
  stopTimeoutSeconds: 10,
  onLinkChange: 'recreate',
  state: 'running',
  uid: '8c7e1f0a-6a0e-4c53-9a4e-0f1a7f3f5b11',
  generation: 1,
  createdAt: T0,
  updatedAt: T0,
  deletionRequestedAt: null,
  set: null,
  status: {
    observedGeneration: 1,
    ready: true,
    conditions: CONDITIONS,
    container: {
      id: '8ea74f32b23aa54eb2098850d30ad82aafcb5f67593f602726a813a7795f1a01',
      names: ['web'],
      state: 'running',
      image: 'training/webapp',
      imageId: 'sha256:6fae60ef344644649a39240b94d73b8ba9c67f898ede85cf8e947a887b3e6557',
      ipAddress: '172.17.0.2',
      startedAt: '2026-01-16T07:43:50.906245085Z',
      finishedAt: null,
      exitCode: null,
      restartCount: 0,
    },
    ports: BINDINGS,
    reserved: [{ hostIp: '', hostPort: 5000, containerPort: 5000, protocol: 'tcp' }],
    addresses: [],
    links: [],
    linkedBy: [],
  },
} as const;

export const EVENT = {
  id: 42,
  at: '2026-01-16T07:44:01.310Z',
  type: 'RolledBack',
  container: 'web',
  uid: '8c7e1f0a-6a0e-4c53-9a4e-0f1a7f3f5b11',
  reason: 'StartFailed',
  message: 'exec: "/no/such/command": stat /no/such/command: no such file or directory',
  by: 'berth',
  actor: null,
  requestId: '5f0c3c1e-7a39-4f29-9a55-0a6d2d1f8f0e',
  before: null,
  after: null,
} as const;

export const PLAN = {
  actions: [
    { container: 'db', action: 'create', target: 'db', reason: 'there is no container' },
    { container: 'db', action: 'start', target: 'db (new)', reason: 'the desired state is running' },
    {
      container: 'web',
      action: 'stop',
      target: 'web (8ea74f32b23a)',
      reason: 'created for generation 1, but the definition is at generation 2',
    },
  ],
  interrupted: [{ container: 'web', reason: 'created for generation 1, but the definition is at generation 2' }],
  obstacles: [],
  changes: [{ container: 'web', field: 'links', costs: 'replace' }],
} as const;

export const APPLY = { set: 'shop', results: [{ name: 'web', result: 'updated', container: CONTAINER }] } as const;

export const ADOPTED = {
  container: CONTAINER,
  lost: [],
  changed: [
    {
      field: 'HostConfig.RestartPolicy.Name',
      value: 'always',
      becomes: 'unless-stopped',
      reason:
        'after its first change or replacement the engine no longer starts the container at boot if it was stopped',
    },
  ],
} as const;

const NO_GPUS = [
  {
    at: '--gpus',
    value: 'all',
    effect: 'unsupported',
    reason: "containers can't use devices of the host: run this one on the engine without Berth",
  },
] as const;

export const IMPORTED = {
  set: null,
  containers: [
    { name: 'web', image: 'training/webapp', command: ['python', 'app.py'], ports: ['5000:5000'], restartPolicy: 'no' },
  ],
  unsupported: NO_GPUS,
  left: NO_GPUS,
} as const;

export const IMPORTED_APPLIED = {
  ...IMPORTED,
  unsupported: [],
  left: [],
  applied: {
    set: null,
    results: [{ name: 'web', result: 'created', container: { ...CONTAINER, restartPolicy: 'no' } }],
  },
} as const;

const NO_TERMINAL = [
  {
    at: '/services/stock/tty',
    value: 'true',
    effect: 'unsupported',
    reason: 'containers have no terminal: use a command that runs without one',
  },
] as const;

export const IMPORTED_COMPOSE = {
  set: 'shop',
  containers: [
    {
      name: 'shop-web',
      service: 'web',
      image: 'training/webapp',
      command: ['python', 'app.py'],
      ports: ['5000'],
      network: 'shop_default',
      restartPolicy: 'always',
      links: [{ container: 'shop-stock', alias: 'stock', env: 'none' }],
    },
    {
      name: 'shop-stock',
      service: 'stock',
      image: 'training/postgres',
      network: 'shop_default',
      volumes: [{ volume: 'shop_data', target: '/var/lib/postgresql/data', readOnly: false }],
      restartPolicy: 'always',
    },
  ],
  unsupported: NO_TERMINAL,
  left: NO_TERMINAL,
} as const;

export const EXPORTED_COMPOSE = {
  name: 'shop',
  services: {
    web: {
      container_name: 'shop-web',
      image: 'training/webapp',
      ports: [{ target: 5000, published: '49452', protocol: 'tcp' }],
      networks: { default: {} },
      restart: 'unless-stopped',
      pids_limit: 4096,
      stop_grace_period: '10s',
    },
  },
  networks: { default: { name: 'shop_default' } },
} as const;
