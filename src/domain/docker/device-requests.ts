/** Requests of devices, as `--gpus` and the names of CDI devices write them. */

import { splitAtEquals } from '../../lib/text/env-entry.js';
import type { Written } from '../definition/definition.js';
import { CDI } from '../definition/fields/security.js';
import { parseCsv } from './values.js';

type Request = Written<'deviceRequests'>[number];

/** Returns the request of one device that the engine knows by its name, as `--device vendor.com/class=name` makes it. */
export const cdiRequest = (name: string): Request => ({ driver: CDI, deviceIds: [name] });

/** Returns the request of a valid `--gpus`. Rule: docker/cli, `opts.GpuOpts`. */
export function gpusRequest(text: string): Request {
  const fields = new Map(listOf(text).map((field) => pairOf(field)));
  const [driver, device, capabilities] = ['driver', 'device', 'capabilities'].map((key) => fields.get(key));
  const count = fields.get('count') ?? (device === undefined ? '1' : undefined);
  const options = listOf(fields.get('options') ?? '').map((option) => splitAtEquals(option));
  return {
    ...(driver && { driver }),
    ...(count !== undefined && { count: count === 'all' ? -1 : Number(count) }),
    ...(device !== undefined && { deviceIds: device.split(',') }),
    capabilities: [...(capabilities?.split(',') ?? []), 'gpu'],
    ...(options.length > 0 && { options: Object.fromEntries(options.map(([key, value = '']) => [key, value])) }),
  };
}

/** A part without a key is the number of devices. */
function pairOf(field: string): readonly [key: string, value: string] {
  const [key, value] = splitAtEquals(field);
  return value === undefined ? ['count', key] : [key, value];
}

function listOf(text: string): readonly string[] {
  const fields = parseCsv(text);
  return fields.ok ? fields.value.filter((field) => field !== '') : [];
}
