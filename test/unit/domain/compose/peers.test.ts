/**
 * Cases from the test suites of compose-go, Docker Compose and go-yaml: each agrees, is unsupported and reported as such in
 * the response, or has its reason here.
 */

import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import type { DefinitionInput } from '../../../../src/domain/definition/definition.js';
import { declare } from '../../../../src/domain/definition/normalize.js';
import { parseLongDuration } from '../../../../src/domain/docker/values.js';
import {
  type ComposeInput,
  type ComposeResult,
  importCompose,
} from '../../../../src/domain/import-export/compose/import.js';
import { interpolate } from '../../../../src/domain/import-export/compose/yaml/interpolate.js';
import { splitWords } from '../../../../src/domain/import-export/compose/yaml/words.js';
import type { Result } from '../../../../src/domain/problems/result.js';
import { statedTotals, type Total, total } from '../peers.js';

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

/** Readers that are not there yet. */
const NOT_READ: Readonly<Record<string, string>> = {
  dotenv: 'files of variables are not read: variables are sent in env',
  'compose-files': 'one file is read at a time: several are merged by docker compose config',
};

const UNKNOWN_KEY = 'a key that is not known is reported as unsupported: a newer Docker Compose may know it';
const ELSEWHERE_FILE = 'the other file is not sent, so the service is reported as unsupported without a look into it';

/** Cases of others in which Berth differs deliberately; those written here have their reason with them. */
const REASONS: Readonly<Record<string, string>> = {
  'compose-loader:c5784624':
    'several documents are several files in one, and those are not merged yet; the fault says so',
  'compose-e2e:00d6ff1f': UNKNOWN_KEY,
  'compose-loader:8c38e887': UNKNOWN_KEY,
  'compose-loader:0825cb86': ELSEWHERE_FILE,
  'compose-loader:e340f756': ELSEWHERE_FILE,
  'compose-loader:a5f4e9b5':
    'the service c has neither image nor build, which Docker Compose refuses too: the test there switches that check off',
};

const reasonOf = ({ id, reason }: Case): string | undefined => reason ?? REASONS[id];

const composeOf = (input: ComposeInput) => importCompose(input);

/** Services by their keys. */
function servicesOf({ containers }: Extract<ComposeResult, { readonly ok: true }>): ReadonlyMap<string, Fields> {
  const serviceOf = new Map(containers.map(({ name = '', service }) => [name, service ?? name]));
  return new Map(
    containers.map((input) => [
      serviceOf.get(input.name ?? '') ?? '',
      { ...input, links: linksOf(input, serviceOf), ports: portsOf(input) },
    ]),
  );
}

/** The names of sources are those of their services. */
const linksOf = ({ links = [] }: DefinitionInput, serviceOf: ReadonlyMap<string, string>) =>
  links.map((link) =>
    typeof link === 'string' ? link : { container: serviceOf.get(link.container) ?? link.container, alias: link.alias },
  );

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
  const wanted = (value ?? {}) as Fields;
  const isNamed = wanted['type'] === 'volume' && wanted['source'] !== '';
  const rest = isNamed ? `volumes: { ${JSON.stringify(wanted['source'])}: { name: ${wanted['source']} } }` : '';
  return judgeFile(
    service('volumes', input, rest),
    ok,
    (result) => {
      if (!result.ok) return undefined;
      const [mount] = (servicesOf(result).get('s')?.['volumes'] ?? []) as readonly Fields[];
      const found = mount && {
        type: 'volume',
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
      return env?.['A'] === value ? undefined : `${shown(env?.['A'])}, not ${shown(value)}`;
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

const JUDGES: Readonly<Record<string, (one: Case) => Verdict>> = {
  ...{ compose: judgeCompose, 'compose-port': judgePort, 'compose-volume': judgeVolume },
  ...{ interpolate: judgeInterpolation, 'yaml-value': judgeYaml },
  'compose-duration': (one) => judgeValue(parseLongDuration(one.input), one),
  'compose-words': (one) => judgeValue(splitWords(one.input), one),
};

function judge(one: Case): Verdict {
  if (one.unchecked !== undefined) return 'outside';
  if (Object.hasOwn(NOT_READ, one.reader)) return 'unsupported';
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
  expect(statedTotals('Compose files')).toEqual(Object.fromEntries(found));
});

test('every reader that is not there has a reason', () => {
  expect(Object.values(NOT_READ).every((reason) => reason.length > 20)).toBe(true);
});
