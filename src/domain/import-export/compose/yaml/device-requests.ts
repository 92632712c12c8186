/** Reads the devices that a service requests from drivers: `gpus`, `deploy.resources.reservations.devices`, CDI names. */

import { cdiRequest } from '../../../docker/device-requests.js';
import { isCdiName } from '../../../docker/option-values.js';
import { parseInteger } from '../../../docker/values.js';
import { pointer, success } from '../../../problems/result.js';
import { type Draft, put, setOrigin } from '../draft.js';
import { escapedValues } from '../plain-keys.js';
import { child, mapOf, pairsOf, parsed, type Reading, stringOf, stringsOf, textOf } from './reading.js';
import type { MapTree, Tree } from './tree.js';

type Request = NonNullable<Draft['fields']['deviceRequests']>[number];

interface Requested {
  readonly request: Request;
  readonly tree: Tree;
}

/** Reads the requests in the order in which Docker Compose makes them. Rule: Docker Compose, `getDeployResources`. */
export function readDeviceRequests(reading: Reading, draft: Draft, service: MapTree): void {
  const deploy = mapOf(reading, child(service, 'deploy'));
  const resources = deploy && mapOf(reading, child(deploy, 'resources'));
  const reservations = resources && mapOf(reading, child(resources, 'reservations'));
  const all = [
    ...requestsIn(reading, reservations && child(reservations, 'devices'), []),
    ...gpusIn(reading, child(service, 'gpus')),
    ...cdiNamesIn(reading, child(service, 'devices')),
  ];
  const [first] = all;
  if (first === undefined) return;
  const requests = all.map(({ request }) => request);
  put(draft, 'deviceRequests', requests, first.tree);
  for (const [index, { tree }] of all.entries()) setOrigin(draft, pointer('deviceRequests', index), tree);
}

const GPU = ['gpu'];

/** `gpus: all` is one request of them all. Rule: compose-go, `transformGpus`. */
function gpusIn(reading: Reading, tree: Tree | undefined): readonly Requested[] {
  if (tree?.kind !== 'scalar') return requestsIn(reading, tree, GPU);
  return tree.text === 'all' ? [{ request: { count: -1, capabilities: GPU }, tree }] : [];
}

/** @param more capabilities that each of them has besides its own */
function requestsIn(reading: Reading, tree: Tree | undefined, more: readonly string[]): readonly Requested[] {
  return (tree?.kind === 'list' ? tree.items : []).flatMap((item) => {
    const device = mapOf(reading, item);
    return device === undefined ? [] : [{ request: requestOf(reading, device, more), tree: item }];
  });
}

/** Without a number and names it is all of them. Rule: compose-go, `deviceRequestDefaults`. */
function requestOf(reading: Reading, device: MapTree, more: readonly string[]): Request {
  const driver = stringOf(reading, child(device, 'driver')) || undefined;
  const deviceIds = stringsOf(reading, child(device, 'device_ids'));
  const count = parsed(reading, child(device, 'count'), (text) => (text === 'all' ? success(-1) : parseInteger(text)));
  const options = pairsOf(reading, child(device, 'options')).map(({ name, value = '' }) => [name, value]);
  return {
    ...(driver !== undefined && { driver }),
    ...(deviceIds.length > 0 ? { deviceIds } : { count: count ?? -1 }),
    capabilities: [...new Set([...stringsOf(reading, child(device, 'capabilities')), ...more])],
    ...(options.length > 0 && { options: Object.fromEntries(options) }),
  };
}

const cdiNamesIn = (reading: Reading, tree: Tree | undefined): readonly Requested[] =>
  (tree?.kind === 'list' ? tree.items : []).flatMap((item) => {
    const name = item.kind === 'scalar' ? textOf(reading, item) : undefined;
    return name !== undefined && isCdiName(name) ? [{ request: cdiRequest(name), tree: item }] : [];
  });

/** Returns the requests as `deploy.resources.reservations.devices` has them. */
export const devicesOf = (requests: NonNullable<Draft['fields']['deviceRequests']>) =>
  requests.map(({ driver, count, deviceIds, capabilities = [], options }) => ({
    ...(driver !== undefined && { driver }),
    ...(deviceIds === undefined ? { count: count === -1 ? 'all' : count } : { device_ids: deviceIds }),
    capabilities,
    ...(options !== undefined && { options: escapedValues(options) }),
  }));
