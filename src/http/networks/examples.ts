/** A network as replies show it. */
export const NETWORK = {
  name: 'backend',
  uid: '0d5a3c0e-5b0f-4f7e-9a52-2f6a1c1f0b77',
  generation: 1,
  declared: true,
  createdAt: '2026-11-30T12:00:00.000Z',
  updatedAt: '2026-11-30T12:00:00.000Z',
  deletionRequestedAt: null,
  status: {
    id: 'd1383430cadc00dd3fa6acce00fe2d8a0537a877dc2946319b3b09f5fbabc10a',
    subnets: [{ subnet: '10.208.0.0/21', gateway: '10.208.0.1', range: '10.208.4.0/22' }],
    containers: ['db', 'web'],
    conditions: [
      { type: 'Ready', status: 'True', reason: 'Present', message: '' },
      { type: 'StableAddresses', status: 'True', reason: 'Reserved', message: '' },
    ],
  },
} as const;

/** Bodies of requests that declare a network. */
export const NETWORK_INPUTS = {
  picked: { summary: 'A subnet of the pool', value: {} },
  named: {
    summary: 'A named subnet without a route out of the host',
    value: { subnet: '10.20.0.0/24', internal: true },
  },
} as const;
