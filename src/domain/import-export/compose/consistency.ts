/**
 * Values that Docker Compose refuses for what stands elsewhere in the file, in keys that no definition takes.
 * Rule: compose-go, `checkConsistency` in `loader/validate.go` and `checkDeviceRequest` in `validation/validation.go`.
 */

import { parseBytes } from '../../docker/values.js';
import { addFault, child, parsed, type Reading } from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';

/** Checks every service, also those that are not imported. @param root a file whose types were checked */
export function checkConsistency(reading: Reading, root: MapTree): void {
  const services = mapIn(root, 'services');
  for (const service of services?.entries.values() ?? []) {
    if (services === undefined || service.kind !== 'map') continue;
    checkReferences(reading, services, service);
    checkBuild(reading, root, service);
    checkWatch(reading, service);
    checkDevices(reading, service);
    checkReservation(reading, service);
  }
}

const mapIn = (tree: Tree | undefined, key: string): MapTree | undefined => {
  const found = tree?.kind === 'map' ? child(tree, key) : undefined;
  return found?.kind === 'map' ? found : undefined;
};

const itemsIn = (tree: MapTree | undefined, key: string): readonly Tree[] => {
  const found = tree && child(tree, key);
  return found?.kind === 'list' ? found.items : [];
};

const textIn = (tree: MapTree, key: string): string => {
  const found = child(tree, key);
  return found?.kind === 'scalar' ? found.text : '';
};

/** Checks that services whose namespaces or volumes are shared are in the file. */
function checkReferences(reading: Reading, services: MapTree, service: MapTree): void {
  const shared = ['network_mode', 'ipc', 'pid', 'uts'].flatMap((key) => {
    const [, name] = /^service:(.*)$/s.exec(textIn(service, key)) ?? [];
    return name === undefined ? [] : [{ name, at: child(service, key) ?? service }];
  });
  const mounted = itemsIn(service, 'volumes_from').flatMap((item) => {
    const text = item.kind === 'scalar' ? item.text : '';
    return text.startsWith('container:') ? [] : [{ name: text.split(':')[0] ?? '', at: item }];
  });
  for (const { name, at } of [...shared, ...mounted]) {
    if (services.entries.has(name)) continue;
    addFault(reading, at, `there is no service ${JSON.stringify(name)} in the file; declare it, or remove this`);
  }
}

function checkBuild(reading: Reading, root: MapTree, service: MapTree): void {
  const build = mapIn(service, 'build');
  if (build === undefined) return;
  const inline = child(build, 'dockerfile_inline');
  if (inline !== undefined && textIn(build, 'dockerfile') !== '') {
    addFault(reading, inline, "can't be combined with dockerfile; leave one out");
  }
  for (const item of itemsIn(build, 'secrets')) {
    const name = item.kind === 'map' ? textIn(item, 'source') : item.kind === 'scalar' ? item.text : '';
    if (mapIn(root, 'secrets')?.entries.has(name)) continue;
    addFault(reading, item, `there is no secret ${JSON.stringify(name)} in the file; declare it under secrets`);
  }
}

function checkWatch(reading: Reading, service: MapTree): void {
  for (const watch of itemsIn(mapIn(service, 'develop'), 'watch')) {
    if (watch.kind !== 'map' || textIn(watch, 'target') !== '') continue;
    const action = textIn(watch, 'action');
    // One that is missing is a fault of its own.
    if (['', 'rebuild', 'restart'].includes(action)) continue;
    addFault(reading, watch, `target is missing: the path in the container where ${action} puts the files`);
  }
}

function checkDevices(reading: Reading, service: MapTree): void {
  const reservations = mapIn(mapIn(mapIn(service, 'deploy'), 'resources'), 'reservations');
  for (const device of [...itemsIn(reservations, 'devices'), ...itemsIn(service, 'gpus')]) {
    if (device.kind !== 'map' || !device.entries.has('count') || !device.entries.has('device_ids')) continue;
    addFault(reading, device, "count and device_ids can't be combined; leave one out");
  }
}

function checkReservation(reading: Reading, service: MapTree): void {
  const own = child(service, 'mem_reservation');
  const reservations = mapIn(mapIn(mapIn(service, 'deploy'), 'resources'), 'reservations');
  const size = parsed({ faults: [], notes: [] }, own, parseBytes) ?? 0;
  if (own === undefined || reservations === undefined || size === 0) return;
  const other = parsed({ faults: [], notes: [] }, child(reservations, 'memory'), parseBytes) ?? 0;
  if (size !== other) addFault(reading, own, `is ${size}, but deploy reserves ${other}; write the same value in both`);
}
