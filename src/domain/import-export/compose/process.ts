/** Reads a service's process: image, command, environment, health, restarts, the way it ends. */

import type { DefinitionInput, PullPolicy, RestartPolicy } from '../../definition/definition.js';
import { DEFAULT_LOG_DRIVER } from '../../definition/fields/health.js';
import { MAX_STOP_TIMEOUT_SECONDS } from '../../definition/validate-process.js';
import { programCheck, restartPolicyOf, shellCheck } from '../../docker/terms.js';
import { parseInteger, parseLongDuration } from '../../docker/values.js';
import { pointer } from '../../problems/result.js';
import { type Draft, put, setOrigin } from './draft.js';
import { HEALTHCHECK_KEYS, LOGGING_KEYS, RESTART_POLICY_KEYS } from './keys/health.js';
import type { Loaded } from './load/load.js';
import { readEnvFiles, readLabelFiles } from './load/service-files.js';
import {
  addFault,
  addNote,
  checkKeys,
  child,
  flagOf,
  mapOf,
  pairsOf,
  parsed,
  parsedString,
  type Reading,
  stringOf,
  stringsOf,
} from './yaml/reading.js';
import type { MapTree, Tree } from './yaml/tree.js';
import { splitWords } from './yaml/words.js';

/** @param built what Docker Compose calls an image that it builds */
export function readImage(reading: Reading, draft: Draft, service: MapTree, built: string): void {
  const [image, build] = [child(service, 'image'), child(service, 'build')];
  const name = stringOf(reading, image);
  if (image === undefined && build === undefined) addFault(reading, service, 'has no image; add one');
  put(draft, 'image', name ?? built, image ?? build);
  readPullPolicy(reading, draft, child(service, 'pull_policy'), image === undefined);
}

const PULL_POLICIES: Readonly<Record<string, PullPolicy>> = {
  always: 'always',
  never: 'never',
  missing: 'missing',
  if_not_present: 'missing',
  build: 'missing',
};

/** @param isBuilt it is on this engine or nowhere, and another one of that name is not to be pulled */
function readPullPolicy(reading: Reading, draft: Draft, tree: Tree | undefined, isBuilt: boolean): void {
  const text = stringOf(reading, tree);
  const policy = text !== undefined && Object.hasOwn(PULL_POLICIES, text) ? PULL_POLICIES[text] : undefined;
  if (isBuilt) put(draft, 'pullPolicy', 'never', tree);
  else if (policy !== undefined) put(draft, 'pullPolicy', policy, tree);
  else if (tree !== undefined && /^(?:refresh|daily|weekly|every_(?:\d+[wdhms])+)$/.test(text ?? '')) {
    addNote(reading, tree, 'ignored', 'images are pulled when a container is created, not on a schedule');
  } else if (tree !== undefined) {
    addFault(reading, tree, `${JSON.stringify(text)} is not a pull_policy; write always, missing or never`);
  }
}

export function readCommands(reading: Reading, draft: Draft, service: MapTree): void {
  for (const field of ['command', 'entrypoint'] as const) {
    const tree = child(service, field);
    if (tree === undefined) continue;
    put(draft, field, tree.kind === 'list' ? stringsOf(reading, tree) : parsedString(reading, tree, splitWords), tree);
  }
}

/** Reads `environment` and `env_file`; of a variable in both, that in `environment` counts. */
export function readEnvironment(loaded: Loaded, draft: Draft, service: MapTree): void {
  const { reading, variables } = loaded;
  const tree = child(service, 'environment');
  const own = new Map<string, { readonly value: string; readonly tree: Tree }>();
  const unset = new Set<string>();
  for (const { name, value, tree: at } of pairsOf(reading, tree)) {
    if (tree?.kind === 'list' && /\s/.test(name)) {
      addFault(reading, at, "the variable's name has white space in it; write NAME=value without any");
      continue;
    }
    const given = value ?? (Object.hasOwn(variables, name) ? variables[name] : undefined);
    if (given === undefined) {
      unset.add(name);
      // What is no name may be a value: `- PASSWORD:pass`.
      const what = /^[A-Za-z_]\w*$/.test(name) ? name : 'a variable';
      addNote(reading, at, 'ignored', `${what} has no value, so it is not set: send it in env, or write NAME=value`);
      continue;
    }
    own.set(name, { value: given, tree: at });
  }
  const values = Object.fromEntries([...own].map(([name, { value }]) => [name, value]));
  const fromFiles = [...readEnvFiles(loaded, service, { project: variables, own: values })];
  const all = new Map([...fromFiles.filter(([name]) => !unset.has(name)), ...own]);
  for (const [name, { tree: at }] of all) setOrigin(draft, pointer('env', name), at);
  if (all.size === 0) return;
  const env = Object.fromEntries([...all].map(([name, { value }]) => [name, value]));
  put(draft, 'env', env, tree ?? child(service, 'env_file'));
}

/** Reads `labels` and `label_file`; of a label in both, that in `labels` counts. */
export function readLabels(loaded: Loaded, draft: Draft, service: MapTree): void {
  const tree = child(service, 'labels');
  const own = pairsOf(loaded.reading, tree).map(
    ({ name, value = '', tree: at }) => [name, { value, tree: at }] as const,
  );
  const all = new Map([...readLabelFiles(loaded, service), ...own]);
  for (const [name, { tree: at }] of all) setOrigin(draft, pointer('labels', name), at);
  if (all.size === 0) return;
  const labels = Object.fromEntries([...all].map(([name, { value }]) => [name, value]));
  put(draft, 'labels', labels, tree ?? child(service, 'label_file'));
}

export function readStopTimeout(reading: Reading, draft: Draft, service: MapTree): void {
  const period = child(service, 'stop_grace_period');
  const seconds = parsedString(reading, period, parseLongDuration);
  if (period === undefined || seconds === undefined) return;
  const whole = Math.ceil(seconds);
  if (whole !== seconds) addNote(reading, period, 'ignored', `durations are whole seconds: ${whole} is used`);
  if (whole <= MAX_STOP_TIMEOUT_SECONDS) put(draft, 'stopTimeoutSeconds', whole, period);
  else addNote(reading, period, 'unsupported', `the stop timeout is at most ${MAX_STOP_TIMEOUT_SECONDS} s: write that`);
}

/** A restart policy with its place in the file. */
export interface Restarts {
  readonly policy: RestartPolicy;
  /** Limit of restarts after failures; 0 for none. */
  readonly retries: number;
  readonly at: Tree;
}

/** `Once` is what Docker Compose does where nothing is said: `no`. */
export function readRestartPolicy(reading: Reading, service: MapTree): Restarts {
  const deploy = child(service, 'deploy');
  const swarm = deploy?.kind === 'map' ? mapOf(reading, child(deploy, 'restart_policy')) : undefined;
  const tree = child(service, 'restart');
  if (swarm === undefined) return { ...readRestart(reading, tree), at: tree ?? service };
  // Rule: Docker Compose, `getRestartPolicy`: this one is taken where both are there.
  if (tree !== undefined) addNote(reading, tree, 'ignored', 'deploy has a restart_policy, which takes precedence');
  checkKeys(reading, swarm, RESTART_POLICY_KEYS, 'a restart_policy');
  const condition = child(swarm, 'condition');
  const text = stringOf(reading, condition) ?? 'any';
  const policy = SWARM_CONDITIONS.get(text) ?? restartPolicyOf(text);
  if (policy !== undefined) {
    return { policy, retries: attemptsOf(reading, child(swarm, 'max_attempts'), policy), at: swarm };
  }
  addFault(reading, condition ?? swarm, `${JSON.stringify(text)} is not a condition; write none, on-failure or any`);
  return { policy: 'no', retries: 0, at: swarm };
}

/** Swarm's words; those of `restart` are taken too. Rule: Docker Compose, `mapRestartPolicyCondition`. */
const SWARM_CONDITIONS: ReadonlyMap<string, RestartPolicy> = new Map([
  ['none', 'no'],
  ['any', 'always'],
]);

function readRestart(reading: Reading, tree: Tree | undefined): Omit<Restarts, 'at'> {
  const text = stringOf(reading, tree);
  const none = { policy: 'no', retries: 0 } as const;
  if (tree === undefined || text === undefined) return none;
  const [name = '', attempts] = text.split(':');
  const policy = restartPolicyOf(name);
  if (policy === undefined || (attempts !== undefined && !(policy === 'on-failure' && /^\d+$/.test(attempts)))) {
    const forms = 'write "no", on-failure, on-failure:3, always or unless-stopped';
    addFault(reading, tree, `${JSON.stringify(text)} is not a restart policy; ${forms}`);
    return none;
  }
  return { policy, retries: Number(attempts ?? 0) };
}

/** The engine limits only restarts after failures. */
function attemptsOf(reading: Reading, tree: Tree | undefined, policy: RestartPolicy): number {
  const attempts = parsed(reading, tree, parseInteger) ?? 0;
  if (tree === undefined || attempts <= 0 || policy === 'on-failure') return Math.max(attempts, 0);
  if (policy !== 'no') {
    addNote(reading, tree, 'unsupported', 'only restarts after failures can be limited: write condition: on-failure');
  }
  return 0;
}

export function readLogging(reading: Reading, draft: Draft, service: MapTree): void {
  const logging = mapOf(reading, child(service, 'logging'));
  if (logging === undefined) return;
  checkKeys(reading, logging, LOGGING_KEYS, 'logging');
  const driver = child(logging, 'driver');
  const name = stringOf(reading, driver) || DEFAULT_LOG_DRIVER;
  if (name !== DEFAULT_LOG_DRIVER) put(draft, 'logDriver', name, driver);
  const options = child(logging, 'options');
  const pairs = pairsOf(reading, options);
  for (const { name, tree } of pairs) setOrigin(draft, pointer('logOptions', name), tree);
  if (pairs.length === 0) return;
  put(draft, 'logOptions', Object.fromEntries(pairs.map(({ name, value = '' }) => [name, value])), options);
}

export function readHealthcheck(reading: Reading, draft: Draft, service: MapTree): void {
  const check = mapOf(reading, child(service, 'healthcheck'));
  if (check === undefined) return;
  checkKeys(reading, check, HEALTHCHECK_KEYS, 'a healthcheck');
  const isOff = flagOf(reading, child(check, 'disable')) === true;
  const command = isOff ? [] : readTest(reading, child(check, 'test'));
  const settings: Record<string, number> = {};
  const set = (field: string, key: string, value: number | undefined): void => {
    const tree = child(check, key);
    if (tree === undefined || value === undefined) return;
    settings[field] = value;
    setOrigin(draft, pointer('healthcheck', field), tree);
  };
  set('intervalSeconds', 'interval', parsedString(reading, child(check, 'interval'), parseLongDuration));
  set('timeoutSeconds', 'timeout', parsedString(reading, child(check, 'timeout'), parseLongDuration));
  set('startPeriodSeconds', 'start_period', parsedString(reading, child(check, 'start_period'), parseLongDuration));
  set(
    'startIntervalSeconds',
    'start_interval',
    parsedString(reading, child(check, 'start_interval'), parseLongDuration),
  );
  set('retries', 'retries', parsed(reading, child(check, 'retries'), parseInteger));
  if (command !== undefined) {
    put(draft, 'healthcheck', { command, ...settings } satisfies DefinitionInput['healthcheck'], check);
  } else if (Object.keys(settings).length > 0) {
    const reason = "the image's health check can't be changed in part: add test to these values";
    addNote(reading, check, 'unsupported', reason);
  }
}

const TEST_FORMS = 'write a string, ["CMD", "program", …], ["CMD-SHELL", "command"] or ["NONE"]';

/** The argument vector of a test; undefined where the image's own is meant. */
function readTest(reading: Reading, tree: Tree | undefined): readonly string[] | undefined {
  if (tree === undefined) return undefined;
  if (tree.kind !== 'list') {
    const text = stringOf(reading, tree);
    return text === undefined || text === '' ? undefined : shellCheck(text);
  }
  const [kind, ...rest] = stringsOf(reading, tree);
  if (kind === undefined) return undefined;
  if (kind === 'NONE') return [];
  const isComplete = rest.length > 0 && (kind === 'CMD' || (kind === 'CMD-SHELL' && rest.length === 1));
  if (!isComplete)
    return addFault(reading, tree, `begins with ${JSON.stringify(kind)} and is not a test; ${TEST_FORMS}`);
  return kind === 'CMD' ? programCheck(rest) : shellCheck(...rest);
}
