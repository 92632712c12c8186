/** From what a client writes to what is stored: a definition made whole, or everything that is wrong with it. */

import { parseImageRef } from '../images/image-ref.js';
import { findDoubledAliases, linkFault, parseLink, unresolvableAliases } from '../links/links.js';
import { serviceFaults } from '../links/network-names.js';
import { type FieldFault, failure, type Part, pointer, type Result, success } from '../problems/result.js';
import {
  DEFAULT_PIDS,
  DEFAULT_STOP_TIMEOUT_SECONDS,
  type DefinitionInput,
  type Link,
  type Spec,
} from './definition.js';
import { canonicalSignal } from './signals.js';
import {
  cleanPath,
  labelFaults,
  networkAliasFaults,
  networkFaults,
  resourceFaults,
  volumeFaults,
} from './validate-host.js';
import { declareExpose, declarePorts } from './validate-ports.js';
import { declareHealthcheck, processFaults } from './validate-process.js';

/** A spec, or every fault at once. */
export type Declared =
  | { readonly ok: true; readonly spec: Spec }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/**
 * Normalises a definition of the right shape (types and field names checked) and finds everything in it that can't
 * work by itself. What depends on other definitions is not looked at: see `findLinkFaults` and the port reservations.
 */
export function declare(input: DefinitionInput): Declared {
  const ports = declarePorts(input.ports ?? []);
  const expose = declareExpose(input.expose ?? []);
  const links = declareLinks(input.links ?? [], input.network ?? 'bridge');
  const faults = [
    ...imageFaults(input.image),
    ...serviceFaults(input.service),
    ...processFaults(input),
    ...expose.faults,
    ...ports.faults,
    ...links.faults,
    ...networkFaults(input.network ?? 'bridge'),
    ...networkAliasFaults(input.networkAliases ?? [], input.network ?? 'bridge'),
    ...volumeFaults(input.volumes ?? []),
    ...labelFaults(input.labels ?? {}),
    ...resourceFaults(input.resources ?? {}),
  ];
  if (faults.length > 0) {
    return { ok: false, faults };
  }
  return { ok: true, spec: specOf(input, ports.value, expose.value, links.value) };
}

/**
 * A definition as a client would write it, everything spelt out. The inverse of {@link declare}: declared again it is
 * deeply equal to the spec.
 */
export function toInput(spec: Spec): DefinitionInput {
  return structuredClone(spec);
}

function specOf(input: DefinitionInput, ports: Spec['ports'], expose: Spec['expose'], links: readonly Link[]): Spec {
  const image = parseImageRef(input.image);
  return {
    image: image.ok ? image.value.name : input.image,
    ...present('service', input.service === input.name ? undefined : input.service),
    ...present('command', input.command),
    ...present('entrypoint', input.entrypoint),
    env: copyRecord(input.env),
    ...present('workingDir', input.workingDir),
    ...present('user', input.user),
    ...present('hostname', input.hostname),
    expose,
    publishAll: input.publishAll ?? false,
    ports,
    links,
    network: input.network ?? 'bridge',
    // Absent, and not empty: definitions of before this field was there keep their hash, and so their containers.
    ...present('networkAliases', input.networkAliases?.length === 0 ? undefined : input.networkAliases),
    volumes: (input.volumes ?? []).map(({ volume, target, readOnly }) => ({
      volume,
      target: cleanPath(target),
      readOnly: readOnly ?? false,
    })),
    labels: copyRecord(input.labels),
    ...present('healthcheck', declareHealthcheck(input.healthcheck)),
    restartPolicy: input.restartPolicy ?? 'always',
    resources: { ...input.resources, pids: input.resources?.pids ?? DEFAULT_PIDS },
    pullPolicy: input.pullPolicy ?? 'missing',
    ...present('stopSignal', input.stopSignal === undefined ? undefined : canonicalSignal(input.stopSignal)),
    stopTimeoutSeconds: input.stopTimeoutSeconds ?? DEFAULT_STOP_TIMEOUT_SECONDS,
    onLinkChange: input.onLinkChange ?? 'recreate',
    state: input.state ?? 'running',
  };
}

function imageFaults(text: string): readonly FieldFault[] {
  const image = parseImageRef(text);
  return image.ok ? [] : [{ pointer: '/image', message: image.message }];
}

function declareLinks(inputs: NonNullable<DefinitionInput['links']>, network: string): Part<readonly Link[]> {
  const read = inputs.map(readLink);
  const wrong = read.flatMap((link, index) =>
    link.ok ? [] : [{ pointer: pointer('links', index), message: link.message }],
  );
  const links = read.map((link) => (link.ok ? link.value : undefined));
  const faults = [...wrong, ...findDoubledAliases(links), ...unresolvableAliases(links, network)];
  return { value: links.filter((link) => link !== undefined), faults };
}

function readLink(input: NonNullable<DefinitionInput['links']>[number]): Result<Link> {
  if (typeof input === 'string') {
    return parseLink(input);
  }
  const link: Link = { container: input.container, alias: input.alias ?? input.container, env: input.env ?? 'all' };
  const message = linkFault(link.container, link.alias);
  return message === undefined ? success(link) : failure(message);
}

function copyRecord(record: Readonly<Record<string, string>> | undefined): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(record ?? {}));
}

/** An absent field stays absent. */
function present<K extends string, V>(key: K, value: V | undefined): { readonly [key in K]?: V } {
  return value === undefined ? {} : ({ [key]: value } as { readonly [key in K]: V });
}
