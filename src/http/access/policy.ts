import type { FastifyInstance } from 'fastify';
import { type Static, Type } from 'typebox';
import type { PolicyService } from '../../service/access/policy.js';
import { operation, route } from '../openapi/operation.js';
import { noQuery } from '../openapi/parameters.js';
import { literals, nullable, ref } from '../openapi/schema-helpers.js';
import { idempotencyHeader, KEYED } from '../pipeline/idempotency.js';

const tags = ['operations'];
const texts = Type.Array(Type.String());

const orList = (word: string, description: string, ...words: readonly string[]) =>
  Type.Unsafe<string | readonly string[]>(Type.Union([literals(word, ...words), texts], { description }));

export const PolicyInForce = Type.Object(
  {
    file: nullable(
      Type.String({ description: 'The file that the policy is read from; null if the default policy applies.' }),
    ),
    readAt: Type.String({ format: 'date-time', description: 'When the policy was last read.' }),
    policy: Type.Object({
      publish: orList('any', 'Host addresses on which ports may be published.', 'loopback'),
      images: Type.Object({ registries: orList('any', 'Registries that images may come from, as host[:port].') }),
      hostPaths: Type.Array(Type.String(), {
        description: 'Host paths that may be mounted; /** at the end means everything below.',
      }),
      sharedMounts: Type.Boolean({ description: 'Whether host paths may have the propagation shared.' }),
      volumeDrivers: Type.Array(Type.String(), {
        description: 'Volume drivers beside local, and file systems that it may mount, as local:nfs.',
      }),
      projectDirectory: nullable(
        Type.String({
          description: 'Directory with a directory for each project: imports resolve relative host paths by it.',
        }),
      ),
      linkEnv: Type.Unsafe<'all' | 'address'>({
        ...literals('all', 'address'),
        description: "What links may pass on of the source's environment.",
      }),
      logDrivers: Type.Array(Type.String(), {
        description: 'Log drivers that may be used beside json-file, local and none.',
      }),
      capabilities: Type.Array(Type.String(), { description: 'Capabilities that may be added.' }),
      devices: Type.Array(Type.String(), { description: 'Host devices that may be used, and rules of others.' }),
      hostNamespaces: Type.Array(literals('pid', 'ipc', 'uts', 'userns', 'network'), {
        description: 'Namespaces of the host that may be shared.',
      }),
      oomScoreAdj: Type.Integer({ description: "Lowest score of the kernel's OOM killer." }),
      privileged: Type.Boolean({ description: 'True if containers may be privileged.' }),
      securityOptions: Type.Array(Type.String(), { description: 'Security options that containers may have.' }),
      sysctls: Type.Array(Type.String(), { description: 'Kernel settings of the host that may be set.' }),
      unlimitedPids: Type.Boolean({ description: 'True if containers may have any number of processes.' }),
      deviceRequests: Type.Array(Type.String(), {
        description: 'Capabilities of devices that may be requested, and names of CDI devices.',
      }),
      webhookTargets: Type.Array(Type.String(), {
        description: 'Addresses and subnets that webhooks may be sent to beside public and private ones.',
      }),
      runtimes: Type.Array(Type.String(), { description: "Runtimes that may be used beside the engine's default." }),
      jobs: Type.Object(
        { maxRetries: Type.Integer(), minIntervalSeconds: Type.Integer() },
        { description: 'Most retries of a run, and the shortest time between two scheduled runs.' },
      ),
    }),
    violations: Type.Array(
      Type.Object({
        container: Type.String(),
        errors: Type.Array(
          Type.Object({
            pointer: Type.String({ description: 'JSON pointer into the definition.' }),
            message: Type.String(),
          }),
        ),
      }),
      { description: 'Existing definitions that the policy would refuse. They keep running unchanged.' },
    ),
  },
  { $id: 'Policy', description: 'The limits that the policy sets on definitions.' },
);

const EXAMPLE: Static<typeof PolicyInForce> = {
  file: '/etc/berth/policy.json',
  readAt: '2026-01-16T07:43:50.112Z',
  policy: {
    publish: 'loopback',
    images: { registries: ['docker.io'] },
    hostPaths: ['/srv/apps/**'],
    sharedMounts: false,
    volumeDrivers: ['local:nfs'],
    projectDirectory: '/srv/apps',
    linkEnv: 'all',
    logDrivers: ['journald'],
    ...{ capabilities: ['NET_ADMIN'], devices: [], hostNamespaces: [], oomScoreAdj: 0 },
    ...{ privileged: false, securityOptions: [], sysctls: [], unlimitedPids: false, deviceRequests: ['gpu'] },
    webhookTargets: ['127.0.0.1/32'],
    runtimes: [],
    jobs: { maxRetries: 5, minIntervalSeconds: 300 },
  },
  violations: [
    {
      container: 'web',
      errors: [
        {
          pointer: '/ports/0',
          message:
            'publishes on all interfaces, but ports may be published on loopback only; write 127.0.0.1:5000:5000',
        },
      ],
    },
  ],
};

const inForce = (description: string) => ({
  description,
  content: { 'application/json': { schema: ref(PolicyInForce), examples: { loopback: { value: EXAMPLE } } } },
});

const getPolicy = operation('GET', '/policy', {
  id: 'getPolicy',
  tags,
  summary: 'Get the active policy',
  description:
    'The limits on definitions, and the existing definitions that violate them. A stricter policy stops no container, but the next change of a definition has to comply with it.',
  query: noQuery,
  replies: { 200: inForce('The active policy.') },
  problems: ['invalid-body'],
});

const reloadPolicy = operation('POST', '/policy/reload', {
  id: 'reloadPolicy',
  tags,
  summary: 'Reload the policy',
  description:
    'Reads the policy file again, as SIGHUP does. If the file is not valid, the previous policy stays active. Without a file the default policy applies.',
  query: noQuery,
  headers: Type.Object(idempotencyHeader),
  replies: { 200: inForce('The policy is active.') },
  problems: [
    'invalid-body',
    'invalid-policy',
    'payload-too-large',
    'unsupported-media-type',
    ...KEYED,
    'storage-unavailable',
  ],
  access: 'admin',
  isAudited: true,
});

/** Registers the routes that show the policy and reload it. */
export function policyRoutes(app: FastifyInstance, policy: PolicyService): void {
  route(app, getPolicy, async () => policy.currentPolicy());

  route(app, reloadPolicy, async () => {
    await policy.reloadPolicy();
    return policy.currentPolicy();
  });
}
