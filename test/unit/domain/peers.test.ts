/** Single values and docker run lines from the tests of Docker and of the libraries it uses, read by our readers. */

import { describe, expect, it } from 'vitest';
import type { ContainerPort, PortMapping } from '../../../src/domain/definition/definition.js';
import { declare } from '../../../src/domain/definition/normalize.js';
import { isSignal } from '../../../src/domain/definition/signals.js';
import { parseBytes, parseCpus, parseDuration } from '../../../src/domain/docker/values.js';
import { parseImageRef } from '../../../src/domain/images/image-ref.js';
import { splitLine } from '../../../src/domain/import-export/docker-run/shell-words.js';
import { readDockerRun } from '../../../src/domain/import-export/docker-run/to-definition.js';
import { type LinkFacts, linkEnvironment } from '../../../src/domain/links/link-env.js';
import { parseLink } from '../../../src/domain/links/links.js';
import { type BoundPort, portLines, publishedLines } from '../../../src/domain/ports/docker-port.js';
import { canonicalIp } from '../../../src/domain/ports/ip.js';
import { parseExpose, parsePortRange, parsePortSpec, portKey } from '../../../src/domain/ports/parse.js';
import type { Result } from '../../../src/domain/problems/result.js';
import { formatPsPorts } from '../../ps-ports.js';
import {
  agreeingShare,
  expectTotals,
  judge,
  type Outcome,
  type PeerCase,
  peerSuite,
  type Read,
  type Total,
  total,
} from './peers.js';

const SUITES = [
  ...['more-run-lines', 'more-values'],
  ...['cli-option-values', 'cli-port-output', 'cli-run-options', 'durations', 'go-connections-ports', 'go-units-sizes'],
  ...['moby-host-config', 'moby-links', 'moby-mounts', 'reference-images', 'shell-words', 'signals'],
];

const mapped = ({ hostIp = '', hostPort, hostPortRange, containerPort, protocol }: PortMapping) => ({
  ...{ hostIp, host: String(hostPort ?? hostPortRange ?? '') },
  ...{ container: containerPort, protocol },
});

const from = <T>(result: Result<T>, map: (value: T) => unknown = (value) => value): Read =>
  result.ok ? { ok: true, value: map(result.value) } : result;

const refused = (message: string): Read => ({ ok: false, message });

function readRun(line: string): Read {
  const run = readDockerRun(line);
  if (!run.ok) return refused(run.faults.join('\n'));
  const declared = declare(run.input);
  if (!declared.ok) return refused(declared.faults.map(({ message }) => message).join('\n'));
  const { spec } = declared;
  const unsupported = run.left.filter(({ effect }) => effect === 'unsupported').map(({ at }) => at);
  return { ok: true, value: { name: run.input.name, ...spec, ports: spec.ports.map(mapped) }, unsupported };
}

interface Listed {
  readonly bindings: readonly BoundPort[];
  readonly exposed?: readonly ContainerPort[];
  readonly port?: string;
}

const READERS: Readonly<Record<string, (input: never) => Read>> = {
  run: readRun,
  port: (text: string) => from(parsePortSpec(text), (ports) => ports.map(mapped)),
  'port-range': (text: string) => from(parsePortRange(text), (range) => [range.from, range.to]),
  expose: (text: string) => from(parseExpose(text), (ports) => ports.map(portKey)),
  link: (text: string) => from(parseLink(text)),
  ip: (text: string) => {
    const address = canonicalIp(text);
    return address === undefined ? refused('no address') : { ok: true, value: address };
  },
  duration: (text: string) => from(parseDuration(text)),
  bytes: (text: string) => from(parseBytes(text)),
  cpus: (text: string) => from(parseCpus(text)),
  signal: (text: string) => (isSignal(text) ? { ok: true, value: text } : refused('no signal')),
  'shell-words': (line: string) => {
    const { words, faults } = splitLine(line);
    const [fault] = faults;
    return fault === undefined ? { ok: true, value: words.map(({ text }) => text) } : refused(fault.message);
  },
  image: (text: string) =>
    from(parseImageRef(text), ({ name, registry, repository, ...rest }) => ({
      ...rest,
      ...{ registry, path: repository, familiar: name },
    })),
  // `subset` says that the result may have more variables, which is so for all of them.
  'link-env': (facts: LinkFacts) => ({
    ok: true,
    value: { ...Object.fromEntries(linkEnvironment(facts)), subset: true },
  }),
  'port-lines': ({ bindings, port }: Listed) => {
    if (port === undefined) return { ok: true, value: portLines(bindings) };
    const [asked] = port.split('/');
    return { ok: true, value: publishedLines(bindings, { containerPort: Number(asked), protocol: 'tcp' }) };
  },
  'ps-ports': ({ bindings, exposed = [] }: Listed) => ({ ok: true, value: formatPsPorts(bindings, exposed) }),
};

/** Readers of Compose files have a test of their own. */
const isOurs = ({ reader }: PeerCase): boolean => !reader.startsWith('compose');

/** Runs the reader of a case. */
function outcomeOf(one: PeerCase): Outcome {
  const reader = READERS[one.reader];
  if (reader === undefined) throw new Error(`there is no reader ${one.reader}`);
  return judge(one, reader(one.input as never));
}

describe.each(SUITES)('%s', (name) => {
  const { cases } = peerSuite(name);
  it.each(cases.filter(isOurs).map((one) => [JSON.stringify(one.input), one.ok, one] as const))(
    '%s (accepted there: %s)',
    (_, _ok, one) => {
      const outcome = outcomeOf(one);
      if (outcome.class === 'differs') expect(one.verdict?.why, outcome.message).toMatch(/\S.{10,}/);
      else expect(one.verdict, 'a verdict on a case that does not differ').toBeUndefined();
    },
  );
});

it('docs/peers.md states how the cases of each suite came out', () => {
  const found = SUITES.map((name): [string, Total] => {
    const outcomes = peerSuite(name)
      .cases.filter(isOurs)
      .map((one) => {
        const { class: outcome } = outcomeOf(one);
        return outcome === 'differs' ? (one.verdict?.class ?? outcome) : outcome;
      });
    return [name, total(outcomes)];
  });
  expectTotals('Values and docker run lines', found);
});

/** Only rises. The rows that it counts are checked by the tests of each table. */
const AGREEING_FLOOR = 90;

it('at least nine of ten cases of Docker and Compose agree', () => {
  expect(agreeingShare()).toBeGreaterThanOrEqual(AGREEING_FLOOR);
});
