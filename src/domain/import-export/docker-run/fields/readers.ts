/**
 * Converts each flag to fields of a definition. Rule, where nothing else is said: docker/cli,
 * `cli/command/container/opts.go`.
 */

import { splitAtEquals } from '../../../../lib/text/env-entry.js';
import { UNLIMITED } from '../../../definition/fields/limits.js';
import { SPEC } from '../../../definition/spec.js';
import { MAX_STOP_TIMEOUT_SECONDS } from '../../../definition/validate-process.js';
import { cdiRequest, gpusRequest } from '../../../docker/device-requests.js';
import { isCdiName } from '../../../docker/option-values.js';
import { isProfileFile, isUsualOption } from '../../../docker/security-options.js';
import { restartPolicyOf, shellCheck } from '../../../docker/terms.js';
import { parseInteger } from '../../../docker/values.js';
import { pointer } from '../../../problems/result.js';
import type { Variables } from '../../compose/yaml/interpolate.js';
import { parsePlainEnv } from '../../env-files/plain-env.js';
import { absent } from '../../neighbours.js';
import type { Plain } from '../../plain.js';
import type { Field } from '../flags/flag.js';
import type { Given } from '../line.js';
import { addOnce, addTo, type Draft, note, setEntry, setField, setPart, type Verdict } from './draft.js';
import { readMount, readVolume } from './mounts.js';
import { readAddress, readNetwork } from './network.js';

/** Puts what a flag says into the draft; says what is wrong with it. */
type Read = (draft: Draft, given: Given) => Verdict;

/** Puts the value of a flag that sets one field into the draft. */
export function readPlain(draft: Draft, given: Given, plain: Plain): Verdict {
  const { value } = given;
  switch (plain.is) {
    case 'text':
      return value === '' || value === SPEC[plain.field].default
        ? undefined
        : setField(draft, given, plain.field, value);
    case 'namespace': {
      const reason = "containers can't share namespaces with other containers: remove it";
      if (value.startsWith('container:')) return note(draft, given, 'unsupported', reason);
      if (value === 'shareable') return note(draft, given, 'ignored', reason);
      return ['', 'private'].includes(value) ? undefined : setField(draft, given, plain.field, value);
    }
    case 'switch':
      return value === 'true' ? setField(draft, given, plain.field, true) : undefined;
    // For the engine 0 is no value.
    case 'number':
    case 'bytes':
      if (Number(value) === 0 || Number(value) === SPEC[plain.field].default) return undefined;
      return setField(draft, given, plain.field, Number(value));
    case 'pairs':
      return setEntry(draft, given, plain.field, ...splitAtEquals(value));
    default:
      return addTo(draft, given, plain.field, value);
  }
}

/** A number of a health check, where 0 is none. */
const check =
  (field: 'intervalSeconds' | 'timeoutSeconds' | 'startPeriodSeconds' | 'startIntervalSeconds' | 'retries'): Read =>
  (draft, given) =>
    Number(given.value) < 0
      ? "it can't be negative"
      : setPart(draft, given, ['health', field], Number(given.value) || undefined);

const NO_PROFILE =
  "the profile is a file where the command is typed, and can't be passed on: use seccomp=unconfined, if the policy allows it";

/** Says something only together with others. */
const withOthers: Read = () => undefined;

/**
 * Reader of each flag. Fields that depend on several flags are set once all of them are read: see `to-definition.ts`.
 */
export const READERS: Readonly<Record<Field, Read>> = {
  name: (draft, given) => (given.value === '' ? undefined : setField(draft, given, 'name', given.value)),
  entrypoint: readEntrypoint,
  env: readVariable,
  envFile: fromFile('env', 'env', (draft) => Object.fromEntries(draft.variables)),
  label(draft, given) {
    return setEntry(draft, given, 'labels', ...splitAtEquals(given.value));
  },
  labelFile: fromFile('labels', 'label', () => ({})),
  pull(draft, given) {
    const policy = (['always', 'missing', 'never'] as const).find((one) => one === given.value);
    if (policy !== undefined) return setField(draft, given, 'pullPolicy', policy);
    if (given.value === '') return undefined;
    return `${JSON.stringify(given.value)} is not one of always, missing and never`;
  },
  restart: readRestart,
  publish: readPublish,
  device(draft, given) {
    if (isCdiName(given.value)) return addTo(draft, given, 'deviceRequests', cdiRequest(given.value));
    return addTo(draft, given, 'devices', given.value);
  },
  gpus: (draft, given) => addTo(draft, given, 'deviceRequests', gpusRequest(given.value)),
  securityOption(draft, given) {
    if (isUsualOption(given.value)) return undefined;
    if (isProfileFile(given.value)) return note(draft, given, 'unsupported', NO_PROFILE);
    return addTo(draft, given, 'securityOpt', given.value);
  },
  link: (draft, given) => addOnce(draft, given, 'links', given.value),
  network: readNetwork,
  ipv4Address: readAddress('ipv4Address'),
  ipv6Address: readAddress('ipv6Address'),
  volume: readVolume,
  mount: readMount,
  healthCommand: (draft, given) =>
    given.value === '' ? undefined : setPart(draft, given, ['health', 'command'], shellCheck(given.value)),
  healthInterval: check('intervalSeconds'),
  healthTimeout: check('timeoutSeconds'),
  healthRetries: check('retries'),
  healthStartPeriod: check('startPeriodSeconds'),
  healthStartInterval: check('startIntervalSeconds'),
  noHealthcheck: withOthers,
  memory: (draft, given) => setPart(draft, given, ['resources', 'memoryBytes'], Number(given.value) || undefined),
  cpus: (draft, given) => setPart(draft, given, ['resources', 'cpus'], Number(given.value) || undefined),
  pids: (draft, given) =>
    setPart(draft, given, ['resources', 'pids'], Math.max(Number(given.value), UNLIMITED) || undefined),
  stopTimeout(draft, given) {
    const seconds = Number(given.value);
    const isBounded = seconds >= 0 && seconds <= MAX_STOP_TIMEOUT_SECONDS;
    if (isBounded) return setField(draft, given, 'stopTimeoutSeconds', seconds);
    return note(draft, given, 'unsupported', `the stop timeout is at most ${MAX_STOP_TIMEOUT_SECONDS} s: write that`);
  },
  detach: (draft, given) =>
    given.value === 'false' ? note(draft, given, 'ignored', 'every container runs in the background') : undefined,
  remove: (draft, given) =>
    given.value === 'true'
      ? note(draft, given, 'ignored', 'containers are kept until their definition is deleted')
      : undefined,
  help: (_, given) => (given.value === 'true' ? 'it prints the usage and creates no container; remove it' : undefined),
};

function readEntrypoint(draft: Draft, given: Given): Verdict {
  const reason = "the image's entrypoint can't be removed: name the program to run instead";
  if (given.value === '') return note(draft, given, 'unsupported', reason);
  return setField(draft, given, 'entrypoint', [given.value]);
}

function readVariable(draft: Draft, given: Given): Verdict {
  const [name, value = draft.variables.get(name)] = splitAtEquals(given.value);
  if (value !== undefined) return setEntry(draft, given, 'env', name, value);
  const reason = `${name} is not set: send it in env, or write -e ${name}=value`;
  return note(draft, given, 'unsupported', reason);
}

/**
 * Reads the entries of a file, each unless the flag for a single one has it too. Rule: docker/cli, `ReadKVEnvStrings`.
 *
 * @param outer variables that a name without a value takes its value from
 */
function fromFile(map: 'env' | 'labels', single: string, outer: (draft: Draft) => Variables): Read {
  return (draft, given) => {
    const file = draft.files.find('', given.value);
    if (file === undefined) return note(draft, given, 'unsupported', absent(given.value));
    const read = parsePlainEnv(file.text, outer(draft));
    if (!read.ok) return `line ${read.line} of the file ${read.message}`;
    for (const [name, value] of Object.entries(read.values)) {
      if (draft.givenFor.get(pointer(map, name))?.flag.name === single) continue;
      const fault = setEntry(draft, given, map, name, value);
      if (fault !== undefined) return fault;
    }
    return undefined;
  };
}

/** Rule: docker/cli, `opts.ParseRestartPolicy`; what the engine takes of that: moby, `ValidateRestartPolicy`. */
function readRestart(draft: Draft, given: Given): Verdict {
  const colon = given.value.indexOf(':');
  const name = colon === -1 ? given.value : given.value.slice(0, colon);
  const count = parseInteger(colon === -1 ? '0' : given.value.slice(colon + 1) || '0');
  const policy = colon === 0 ? undefined : restartPolicyOf(name);
  if (policy === undefined || !count.ok || count.value < 0) {
    const what = `${JSON.stringify(given.value)} is not a restart policy`;
    return `${what}; write no, always, unless-stopped or on-failure`;
  }
  if (count.value > 0 && policy !== 'on-failure') {
    return `only on-failure can have a number; write ${name} alone, or on-failure:${count.value}`;
  }
  if (count.value > 0) setField(draft, given, 'restartMaxRetries', count.value);
  return setField(draft, given, 'restartPolicy', policy);
}

const PUBLISH_KEYS = ['published', 'target', 'protocol', 'mode'];

/** `published=8080,target=80` too. Rule: docker/cli, `convertToStandardNotation`. */
function readPublish(draft: Draft, given: Given): Verdict {
  if (!given.value.includes('=')) return addTo(draft, given, 'ports', given.value);
  const found = new Map([['protocol', 'tcp']]);
  for (const field of given.value.split(',')) {
    const [key, value] = splitAtEquals(field);
    if (value === undefined || !PUBLISH_KEYS.includes(key)) {
      const form = 'write 8080:80 or published=8080,target=80,protocol=tcp';
      return `${JSON.stringify(field)} is not a part of a published port; ${form}`;
    }
    found.set(key, value);
  }
  const [host = '', port = '', protocol] = ['published', 'target', 'protocol'].map((key) => found.get(key));
  return addTo(draft, given, 'ports', `${host}:${port}/${protocol}`);
}
