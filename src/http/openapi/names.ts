/** Names and examples that complete the OpenAPI document. */

/**
 * The schema names of replies whose schema belongs to one operation, by `operationId`; some share one. Without an entry the name
 * is that of the operation, with `Reply`.
 */
export const REPLY_NAMES: Readonly<Record<string, string>> = {
  listContainers: 'ContainerPage',
  getLinks: 'ContainerLinks',
  getEnv: 'ContainerEnv',
  getHosts: 'ContainerHosts',
  inspectContainer: 'EngineInspection',
  getPorts: 'PortList',
  getPort: 'PortList',
  getPortOfProtocol: 'PortList',
  listPorts: 'PortClaimList',
  listNetworks: 'NetworkList',
  listAddresses: 'AddressList',
  getStats: 'Stats',
  execInContainer: 'ExecResult',
  listImages: 'ImageList',
  pullImage: 'PulledImage',
  listRegistries: 'RegistryList',
  listSecrets: 'SecretList',
  getEngine: 'EngineInformation',
  listEvents: 'EventPage',
  getSecretsKey: 'SecretsKey',
  rotateSecretsKey: 'RotatedSecretsKey',
  listTokens: 'TokenList',
  createToken: 'CreatedToken',
  getOwnToken: 'OwnToken',
  getLiveness: 'Liveness',
  getReadiness: 'Readiness',
  listProblems: 'ProblemList',
  getProblem: 'ProblemPage',
  resendWebhookDeliveries: 'ResentDeliveries',
  listWebhookDeliveries: 'WebhookDeliveryList',
  listWebhooks: 'WebhookList',
  testWebhook: 'WebhookTest',
  listRuns: 'RunList',
  diskUsage: 'DiskUsage',
};

/**
 * Examples of parameters whose schema has none, by parameter name. Flags have `true`, words their first value, and others
 * may have their default.
 */
export const PARAMETER_EXAMPLES: Readonly<Record<string, unknown>> = {
  wait: 30,
  'if-match': '"3"',
  'if-none-match': '"3-Zk1x5J201TOwEEFmtdaRwN"',
  'idempotency-key': '2b0e7c5e-6c1f-4b52-9d0c-3e5f7a1c9b44',
  'last-event-id': '41',
  cursor: 'd2Vi',
  name: 'web',
  image: 'training/webapp',
  label: 'team=shop',
  state: 'running',
  hostPort: 5000,
  set: 'shop',
  linkedTo: 'db',
  network: 'shop_default',
  container: 'web',
  tail: '100',
  since: '10m',
  until: '2026-11-30T12:00:00Z',
  depth: 2,
  after: 41,
  eventId: 41,
};
