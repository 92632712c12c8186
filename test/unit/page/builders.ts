import type { Condition, Container } from '../../../openapi/client.js';

type Given = Partial<Omit<Container, 'status'>> & { readonly status?: Partial<Container['status']> };

const AT = '2026-01-16T07:43:50.112Z';

export const condition = (
  type: Condition['type'],
  status: Condition['status'],
  reason: string,
  message = '',
): Condition => ({ type, status, reason, message, lastTransitionTime: AT });

export const ready = [condition('Ready', 'True', 'Running')];
export const notReady = (reason: string, message = '') => [condition('Ready', 'False', reason, message)];

/** A container that runs, but for what is given. */
export function container(name: string, { status, ...given }: Given = {}): Container {
  return {
    ...{
      name,
      uid: `uid-${name}`,
      image: 'training/webapp',
      env: {},
      expose: [],
      publishAll: false,
      ports: [],
      links: [],
    },
    ...{ network: 'bridge', volumes: [], labels: {}, restartPolicy: 'always', resources: {}, pullPolicy: 'missing' },
    ...{ stopTimeoutSeconds: 10, onLinkChange: 'recreate', state: 'running', generation: 1, set: null },
    ...{ createdAt: AT, updatedAt: AT, deletionRequestedAt: null },
    ...given,
    status: {
      ...{ observedGeneration: 1, ready: true, conditions: ready, container: null, ports: [], links: [], linkedBy: [] },
      ...status,
    },
  } as Container;
}
