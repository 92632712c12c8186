/** Checks the log driver of a definition and its options. */

import { isSameJson } from '../../../lib/canonical-json.js';
import { listed } from '../../../lib/sentence.js';
import { parseBoolean, parseBytes } from '../../docker/values.js';
import { type FieldFault, pointer } from '../../problems/result.js';
import type { Rules } from '../definition.js';
import { DEFAULT_LOG_DRIVER, LOG_BOUND } from '../fields/health.js';
import { unprintable } from '../printable.js';

const MAX_OPTIONS = 64;
const DRIVER = /^[a-zA-Z0-9][\w./:@-]{0,254}$/;

/** True for the name of a driver or the reference of a plugin: `grafana/loki-docker-driver:latest`. */
export const isLogDriver = (text: string): boolean => DRIVER.test(text);

/** Options of every driver. Rule: moby, `logger.ValidateLogOpts`. */
const OF_ALL = ['mode', 'max-buffer-size'];
const IN_FILES = ['max-size', 'max-file', 'compress'];
/** Options of the drivers that keep the log here. Rule: moby, `daemon/logger/{jsonfilelog,local}`. */
const OPTIONS: Readonly<Record<string, readonly string[]>> = {
  'json-file': [...OF_ALL, ...IN_FILES, 'labels', 'labels-regex', 'env', 'env-regex', 'tag'],
  local: [...OF_ALL, ...IN_FILES],
  none: [],
};

/** Rules of the fields that say what becomes of a container's output. */
export const LOG_RULES = {
  logDriver: (driver) => ({ value: driver || undefined, faults: driverFaults(driver) }),
  logOptions: (options, { logDriver }) => ({
    value: isDefault(options, logDriver) ? {} : options,
    faults: optionFaults(options, logDriver || DEFAULT_LOG_DRIVER),
  }),
} satisfies Partial<Rules>;

const isDefault = (options: object, driver: string | undefined): boolean =>
  (driver || DEFAULT_LOG_DRIVER) === DEFAULT_LOG_DRIVER && isSameJson(options, LOG_BOUND);

function driverFaults(driver: string): readonly FieldFault[] {
  if (driver === '' || isLogDriver(driver)) return [];
  const message = `${JSON.stringify(driver)} is not a log driver; write for example json-file, local or none`;
  return [{ pointer: '/logDriver', message }];
}

function optionFaults(options: Readonly<Record<string, string>>, driver: string): readonly FieldFault[] {
  const names = Object.keys(options);
  if (names.length > MAX_OPTIONS) {
    const message = `has ${names.length} options, and at most ${MAX_OPTIONS} are allowed`;
    return [{ pointer: '/logOptions', message }];
  }
  return Object.entries(options).flatMap(([name, value]) => {
    const message = nameFault(name, driver) ?? valueFault(name, value) ?? unprintable(name) ?? unprintable(value);
    return message === undefined ? [] : [{ pointer: pointer('logOptions', name), message }];
  });
}

function nameFault(name: string, driver: string): string | undefined {
  const known = Object.hasOwn(OPTIONS, driver) ? OPTIONS[driver] : undefined;
  if (name === '') return "an option's name can't be empty";
  if (known === undefined || known.includes(name)) return undefined;
  return known.length === 0
    ? `the log driver ${driver} has no options; remove it`
    : `${JSON.stringify(name)} is not an option of the log driver ${driver}; write ${listed(known)}`;
}

const valueFault = (name: string, value: string): string | undefined =>
  Object.hasOwn(VALUES, name) ? VALUES[name]?.(value) : undefined;

/** Largest file of a log. Without a bound, one container could fill the host's disk. */
const MAX_FILE_BYTES = 1024 ** 3;
const MOST_FILES = 100;
/** Largest buffer in the engine's own memory, which no limit of the container covers. */
const MAX_BUFFER_BYTES = 16 * 1024 ** 2;

/** @param most in bytes, and as a person writes it */
const sizeFault = (name: string, value: string, most: readonly [bytes: number, text: string]): string | undefined => {
  const size = parseBytes(value);
  return size.ok && size.value > 0 && size.value <= most[0]
    ? undefined
    : `${name} must be a size such as 10m, at most ${most[1]}`;
};

/** Values that every driver takes alike. Rule: docker/go-units, `FromHumanSize`. */
const VALUES: Readonly<Record<string, (value: string) => string | undefined>> = {
  'max-size': (value) => sizeFault('max-size', value, [MAX_FILE_BYTES, '1g']),
  'max-buffer-size': (value) => sizeFault('max-buffer-size', value, [MAX_BUFFER_BYTES, '16m']),
  'max-file': (value) =>
    /^[1-9]\d{0,2}$/.test(value) && Number(value) <= MOST_FILES
      ? undefined
      : `max-file must be a whole number of files, from 1 to ${MOST_FILES}`,
  compress: (value) => (parseBoolean(value).ok ? undefined : 'compress must be true or false'),
  mode: (value) => (['blocking', 'non-blocking'].includes(value) ? undefined : 'mode must be blocking or non-blocking'),
};
