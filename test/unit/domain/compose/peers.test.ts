/**
 * Cases from the test suites of compose-go, Docker Compose and go-yaml: each agrees, is unsupported and reported as such in
 * the response, or has its reason here.
 */

import { readFileSync } from 'node:fs';
import path from 'node:path';
import { isDeepStrictEqual } from 'node:util';
import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../../../src/domain/definition/definition.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { parseLongDuration } from '../../../../src/domain/docker/values.js';
import {
  type ComposeInput,
  type ComposeResult,
  importCompose,
} from '../../../../src/domain/import-export/compose/import.js';
import { loadCompose } from '../../../../src/domain/import-export/compose/load/load.js';
import { interpolate } from '../../../../src/domain/import-export/compose/yaml/interpolate.js';
import { plain, type Reading } from '../../../../src/domain/import-export/compose/yaml/reading.js';
import { splitWords } from '../../../../src/domain/import-export/compose/yaml/words.js';
import { parseDotenv } from '../../../../src/domain/import-export/env-files/dotenv.js';
import type { Result } from '../../../../src/domain/problems/result.js';
import { expectTotals, type Total, total } from '../peers.js';

interface Case {
  readonly id: string;
  readonly reader: string;
  readonly input: never;
  readonly ok: boolean;
  readonly value?: never;
  readonly windows?: boolean;
  /** Why the case says nothing about whole files. */
  readonly unchecked?: string;
  /** Why Berth differs deliberately. */
  readonly reason?: string;
}

type Fields = Readonly<Record<string, unknown>>;
type Verdict = 'agrees' | 'unsupported' | 'outside' | { readonly differs: string };

const SUITES = ['dotenv', 'e2e', 'interpolation', 'keys', 'loader', 'merge', 'more', 'types', 'volumes'] as const;
const FILES = [...SUITES.map((suite) => `compose-${suite}`), 'yaml-values', 'durations', 'shell-words'];
/** Readers whose cases test/unit/domain/peers.test.ts runs. */
const ELSEWHERE: ReadonlySet<string> = new Set(['duration', 'shell-words']);

const UNKNOWN_KEY = 'a key that is not known is reported as unsupported: a newer Docker Compose may know it';
const ELSEWHERE_FILE = 'the other file is not sent, which is reported as unsupported, with the path to send it under';
const NO_SERVICES = 'a file without services declares no container, and the fault says so';

/** Cases of others in which Berth differs deliberately; those written here have their reason with them. */
const REASONS: Readonly<Record<string, string>> = {
  'compose-e2e:00d6ff1f': UNKNOWN_KEY,
  'compose-loader:8c38e887': UNKNOWN_KEY,
  'compose-merge:05c5552e': NO_SERVICES,
  'compose-merge:c52b37ca': NO_SERVICES,
  'compose-merge:6dbf6320': NO_SERVICES,
  'compose-merge:8ca77e0e': 'the test is disabled there: compose-go joins these lists too',
  'compose-loader:0825cb86': ELSEWHERE_FILE,
  'compose-loader:e340f756': ELSEWHERE_FILE,
  'compose-keys:80322641': 'the engine refuses permissions other than r, w and m',
  'compose-keys:aab2f480': 'the engine refuses permissions other than r, w and m',
  'compose-more:3dc63dca': 'the engine has no container whose name is a single letter',
  'compose-more:63906fac': 'the engine refuses a security option without a name that it knows',
  'compose-loader:e598a2e5': 'the engine refuses a limit of swap without a limit of memory',
  'compose-loader:a5f4e9b5':
    'the service c has neither image nor build, which Docker Compose refuses too: the test there switches that check off',
};

const reasonOf = ({ id, reason }: Case): string | undefined => reason ?? REASONS[id];

/** A directory as that of Docker Compose: relative paths are within it. */
const DIRECTORY = '/home/me/project';

/** A path of a case, which is as it is written, where Berth puts it. */
const placed = (written: string): string =>
  /^[.~]/.test(written) ? path.posix.join(DIRECTORY, written.replace('~', '.')) : written;

const composeOf = (input: ComposeInput) => importCompose({ projectDirectory: DIRECTORY, ...input });

/** Services by their keys. */
function servicesOf({ containers }: Extract<ComposeResult, { readonly ok: true }>): ReadonlyMap<string, Fields> {
  const serviceOf = new Map(containers.map(({ name = '', service }) => [name, service ?? name]));
  return new Map(
    containers.map((input) => [
      serviceOf.get(input.name ?? '') ?? '',
      {
        ...input,
        links: linksOf(input, serviceOf),
        dependsOn: dependenciesOf(input, serviceOf),
        ports: portsOf(input),
        extraHosts: hostsOf(input),
      },
    ]),
  );
}

/** The names of sources are those of their services. */
const linksOf = ({ links = [] }: DefinitionInput, serviceOf: ReadonlyMap<string, string>) =>
  links.map((link) =>
    typeof link === 'string' ? link : { container: serviceOf.get(link.container) ?? link.container, alias: link.alias },
  );

/** The names of dependencies are those of their services. */
const dependenciesOf = ({ dependsOn = [] }: DefinitionInput, serviceOf: ReadonlyMap<string, string>) =>
  dependsOn.map((one) => ({ ...one, container: serviceOf.get(one.container) ?? one.container }));

/** Entries of `/etc/hosts` in their normal form. */
function hostsOf({ extraHosts = [] }: DefinitionInput): readonly string[] {
  const declared = declare({ image: 'x', extraHosts });
  return declared.ok ? (declared.spec.extraHosts ?? []) : [];
}

function portsOf(input: DefinitionInput): readonly Fields[] {
  const declared = declare({ image: 'x', ports: input.ports ?? [] });
  if (!declared.ok) return [];
  return declared.spec.ports.map(({ hostIp = '', hostPort, hostPortRange, containerPort, protocol }) => ({
    ...{ hostIp, host: String(hostPort ?? hostPortRange ?? ''), container: containerPort, protocol },
  }));
}

/** Returns true if everything that is wanted is there; lists are of the same length and order. */
function holds(found: unknown, wanted: unknown): boolean {
  if (Array.isArray(wanted)) {
    return Array.isArray(found) && found.length === wanted.length && wanted.every((one, at) => holds(found[at], one));
  }
  if (typeof wanted !== 'object' || wanted === null) return found === wanted;
  const fields = (found ?? {}) as Fields;
  return Object.entries(wanted).every(([key, value]) => holds(fields[key], value));
}

const shown = (value: unknown): string => JSON.stringify(value) ?? 'nothing';

/** @param part the place that the case is about: its value may differ where just that is reported as unsupported */
function judgeFile(
  input: ComposeInput,
  ok: boolean,
  differences: (result: ComposeResult) => string | undefined,
  part?: string,
): Verdict {
  const result = composeOf(input);
  const isReported = result.ok && result.left.some(({ effect }) => effect === 'unsupported');
  if (result.ok !== ok) {
    return { differs: result.ok ? 'is read' : `is refused: ${result.faults.map(({ message }) => message).join('; ')}` };
  }
  const differs = result.ok ? differences(result) : undefined;
  if (differs === undefined) return isReported ? 'unsupported' : 'agrees';
  const isPart = result.ok && result.left.some(({ effect, at }) => effect === 'unsupported' && at === part);
  return isPart ? 'unsupported' : { differs };
}

/** 400 services with 122 variables each, as a case describes them. */
function repeated({ services, variables }: { readonly services: number; readonly variables: number }): ComposeInput {
  const env = Array.from({ length: variables }, (_, at) => `      KEY_${at}: val\n`).join('');
  const one = (at: number): string => `  svc${at}:\n    image: alpine\n    environment:\n${env}`;
  return { compose: `name: test\nservices:\n${Array.from({ length: services }, (_, at) => one(at)).join('')}` };
}

function judgeCompose({ input, ok, value }: Case): Verdict {
  const given = 'repeat' in (input as object) ? repeated(input) : (input as ComposeInput);
  return judgeFile(given, ok, (result) => {
    if (!result.ok || value === undefined) return undefined;
    const services = servicesOf(result);
    return Object.entries(value as Fields).flatMap(([service, wanted]) => {
      const found = services.get(service);
      const isThere = wanted === null ? found === undefined : found !== undefined && holds(found, wanted);
      return isThere ? [] : [`${service}: ${shown(found)}, not ${shown(wanted)}`];
    })[0];
  });
}

const service = (key: string, value: unknown, rest = ''): ComposeInput => ({
  compose: `name: p\nservices:\n  s:\n    image: x\n    ${key}: [${JSON.stringify(value)}]\n${rest}`,
});

function judgePort({ input, ok, value }: Case): Verdict {
  return judgeFile(service('ports', input), ok, (result) => {
    if (!result.ok) return undefined;
    const { ports } = servicesOf(result).get('s') ?? {};
    return holds(ports, value) ? undefined : `${shown(ports)}, not ${shown(value)}`;
  });
}

function judgeVolume({ input, ok, value }: Case): Verdict {
  const { source, ...rest } = (value ?? {}) as Fields;
  const wanted: Fields = { ...rest, ...(source !== undefined && { source: placed(String(source)) }) };
  const isNamed = wanted['type'] === 'volume' && wanted['source'] !== '';
  const volumes = isNamed ? `volumes: { ${JSON.stringify(wanted['source'])}: { name: ${wanted['source']} } }` : '';
  return judgeFile(
    service('volumes', input, volumes),
    ok,
    (result) => {
      if (!result.ok) return undefined;
      const [mount] = (servicesOf(result).get('s')?.['volumes'] ?? []) as readonly Fields[];
      const found = mount && {
        type: String(mount['volume']).startsWith('/') ? 'bind' : 'volume',
        source: mount['volume'],
        target: mount['target'],
        readOnly: mount['readOnly'],
      };
      return holds(found, wanted) ? undefined : `${shown(found)}, not ${shown(wanted)}`;
    },
    '/services/s/volumes/0',
  );
}

function judgeInterpolation({ input, ok, value }: Case): Verdict {
  const { text, env = {} } = input as { readonly text: string; readonly env?: Record<string, string> };
  const read = interpolate(text, env);
  if (read.ok !== ok) return { differs: read.ok ? `is read as ${shown(read.value.text)}` : 'is refused' };
  return !read.ok || read.value.text === value
    ? 'agrees'
    : { differs: `${shown(read.value.text)}, not ${shown(value)}` };
}

function judgeYaml({ input, ok, value }: Case): Verdict {
  const file = { compose: `name: p\nservices:\n  s:\n    image: x\n    environment:\n      A: ${input}\n` };
  return judgeFile(
    file,
    ok,
    (result) => {
      const env = result.ok ? (servicesOf(result).get('s')?.['env'] as Fields | undefined) : undefined;
      // A variable without a value is not set.
      const found = env?.['A'] ?? null;
      return found === value ? undefined : `${shown(found)}, not ${shown(value)}`;
    },
    '/services/s/environment/A',
  );
}

function judgeValue<T>(read: Result<T>, { ok, value }: Case): Verdict {
  if (read.ok !== ok) return { differs: read.ok ? `is read as ${shown(read.value)}` : `is refused: ${read.message}` };
  return !read.ok || value === undefined || (holds(read.value, value) && shown(read.value) === shown(value))
    ? 'agrees'
    : { differs: `${shown(read.value)}, not ${shown(value)}` };
}

function judgeDotenv({ input, ok, value }: Case): Verdict {
  const { text, env = {} } = input as { readonly text: string; readonly env?: Record<string, string> };
  const read = parseDotenv(text, env);
  if (read.ok !== ok) return { differs: read.ok ? `is read as ${shown(read.values)}` : `is refused: ${read.message}` };
  return !read.ok || holds(read.values, value) ? 'agrees' : { differs: `${shown(read.values)}, not ${shown(value)}` };
}

/** Compares what several files come to with one file, as data: also keys that no definition takes. */
function judgeMerge({ input, ok, value }: Case): Verdict {
  const { files } = input as { readonly files: readonly string[] };
  const merge = (compose: string | readonly string[]) => {
    const reading: Reading = { faults: [], notes: [] };
    const { root } = loadCompose(reading, { compose, project: 'p' });
    const faults = reading.faults.map(({ message }) => message);
    return root === undefined || faults.length > 0 ? { faults } : { data: inOneForm(plain(root), []) };
  };
  const merged = merge(files);
  if ('data' in merged !== ok) return { differs: shown(merged) };
  const { yaml } = (value ?? {}) as { readonly yaml?: string };
  if (yaml === undefined) return judgeFile({ compose: files, project: 'p' }, ok, () => undefined);
  const wanted = merge(yaml);
  return isDeepStrictEqual(merged, wanted) ? 'agrees' : { differs: `${shown(merged)}, not ${shown(wanted)}` };
}

/** Lists of `NAME=value` that may be maps as well. */
const PAIRS: ReadonlySet<string> = new Set([
  ...['environment', 'labels', 'annotations', 'sysctls', 'args', 'additional_contexts', 'extra_hosts'],
]);
/** Lists whose entries may be a single text, or in no order. */
const SETS: ReadonlySet<string> = new Set([
  ...['dns', 'dns_search', 'dns_opt', 'tmpfs', 'env_file', 'label_file', 'platform', 'tags'],
]);

/** Writes data in one of the forms that Compose has for it. */
function inOneForm(data: unknown, path: readonly string[]): unknown {
  const key = path.at(-1) ?? '';
  if (PAIRS.has(key) && typeof data === 'object' && data !== null) return pairsIn(data);
  if (SETS.has(key)) return [data].flat().map(shown).toSorted();
  if (['networks', 'models', 'depends_on'].includes(key) && Array.isArray(data)) {
    return Object.fromEntries(data.map((name) => [name, null]));
  }
  if (Array.isArray(data)) return data.map((item, index) => inOneForm(item, [...path, `${index}`]));
  if (typeof data !== 'object' || data === null) return data;
  return Object.fromEntries(Object.entries(data).map(([name, one]) => [name, inOneForm(one, [...path, name])]));
}

function pairsIn(data: object): readonly string[] {
  if (Array.isArray(data)) return data.map(String).toSorted();
  const entries = Object.entries(data).flatMap(([name, values]) => [values].flat().map((one) => [name, one] as const));
  return entries.map(([name, one]) => (one === null ? name : `${name}=${one}`)).toSorted();
}

const JUDGES: Readonly<Record<string, (one: Case) => Verdict>> = {
  ...{ compose: judgeCompose, 'compose-port': judgePort, 'compose-volume': judgeVolume },
  ...{ interpolate: judgeInterpolation, 'yaml-value': judgeYaml },
  ...{ dotenv: judgeDotenv, 'compose-files': judgeMerge },
  'compose-duration': (one) => judgeValue(parseLongDuration(one.input), one),
  'compose-words': (one) => judgeValue(splitWords(one.input), one),
};

function judge(one: Case): Verdict {
  if (one.unchecked !== undefined) return 'outside';
  const verdict = JUDGES[one.reader]?.(one) ?? { differs: `there is no reader ${one.reader}` };
  // Paths of Windows are read only so far that they are reported.
  return one.windows === true && typeof verdict === 'object' ? 'outside' : verdict;
}

const casesOf = (suite: string): readonly Case[] => {
  const { cases } = JSON.parse(readFileSync(`test/fixtures/peers/cases-${suite}.json`, 'utf8')) as {
    readonly cases: readonly Case[];
  };
  return cases.filter(({ reader }) => !ELSEWHERE.has(reader));
};

describe.each(FILES)('%s', (suite) => {
  test.each(casesOf(suite))('$id agrees, is unsupported, or has its reason', (one) => {
    const verdict = judge(one);
    const reason = reasonOf(one);
    const differs = typeof verdict === 'string' ? undefined : verdict.differs;
    if (reason !== undefined) expect(differs, `${one.id} has a reason and no longer differs`).toBeDefined();
    else expect(differs, `${one.id}: ${JSON.stringify(one.input).slice(0, 400)}`).toBeUndefined();
  });
});

test('docs/peers.md states how the cases of each suite came out', () => {
  const found = FILES.map((suite): [string, Total] => {
    const verdicts = casesOf(suite).map(judge);
    return [suite, total(verdicts.map((verdict) => (typeof verdict === 'string' ? verdict : 'stricter')))];
  });
  expectTotals('Compose files', found);
});
