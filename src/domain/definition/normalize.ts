/** Normalises a client's definition for storage, or reports everything that is wrong with it. */

import { isSameJson } from '../../lib/canonical-json.js';
import { parseImageRef } from '../images/image-ref.js';
import { JOB_RULES } from '../jobs/validate-job.js';
import { findDoubledAliases, linkFault, parseLink, unresolvableAliases } from '../links/links.js';
import { serviceFaults } from '../links/network-names.js';
import { declareDependencies } from '../links/start-order.js';
import { inOneForm } from '../networks/attachments.js';
import { type FieldFault, failure, type Part, pointer, type Result, success } from '../problems/result.js';
import {
  type DefinitionInput,
  FIELD_NAMES,
  type FieldName,
  type Link,
  type Rule,
  type Rules,
  type Spec,
} from './definition.js';
import { UPDATE_RULES } from './images/validate-updates.js';
import { LOG_RULES } from './logs/validate-logs.js';
import { SECURITY_RULES } from './security/validate-security.js';
import { SPEC } from './spec.js';
import { STORAGE_RULES } from './storage/validate-volumes.js';
import { HOST_RULES } from './validate-host.js';
import { PORT_RULES } from './validate-ports.js';
import { PROCESS_RULES } from './validate-process.js';

/** A spec, or every fault at once. */
export type Declared =
  | { readonly ok: true; readonly spec: Spec }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

const RULES: Rules = {
  image: declareImage,
  service: (service, { name }) => ({ value: service === name ? undefined : service, faults: serviceFaults(service) }),
  links: (links, { network = 'bridge', networks = [] }) => declareLinks(links, networks[0]?.name ?? network),
  dependsOn: declareDependencies,
  ...PROCESS_RULES,
  ...PORT_RULES,
  ...HOST_RULES,
  ...SECURITY_RULES,
  ...STORAGE_RULES,
  ...LOG_RULES,
  ...UPDATE_RULES,
  ...JOB_RULES,
};

/**
 * Normalises a definition of the right shape (types and field names checked) and finds everything in it that can't
 * work by itself. What depends on other definitions is not looked at: see `findLinkFaults` and the port reservations.
 */
export function declare(input: DefinitionInput): Declared {
  const spec: Partial<Record<FieldName, unknown>> = {};
  const faults: FieldFault[] = [];
  for (const name of FIELD_NAMES) {
    const { value, faults: found } = readField(name, input);
    if (value !== undefined) spec[name] = value;
    if (found.length > 0) faults.push(...found);
  }
  // The first of several networks is the one that the container is created on.
  const [first] = (spec as Spec).networks ?? [];
  if (first !== undefined) spec.network = first.name;
  if (input.kind === 'job') spec.restartPolicy = 'no';
  return faults.length > 0 ? { ok: false, faults } : { ok: true, spec: spec as Spec };
}

/**
 * A definition as a client would write it, everything spelt out. The inverse of {@link declare}: declared again it is
 * deeply equal to the spec.
 */
export function toInput(spec: Spec): DefinitionInput {
  return structuredClone(inOneForm(spec));
}

const NO_FAULTS: readonly FieldFault[] = [];

/** Reads one field. Its value is undefined where the spec is to be without it. */
function readField(name: FieldName, input: DefinitionInput): Part<unknown> {
  const given: unknown = input[name];
  const rule = RULES[name] as Rule<never> | undefined;
  const { value, faults } =
    given === undefined || rule === undefined ? { value: given, faults: NO_FAULTS } : rule(given as never, input);
  const { presence, default: usual } = SPEC[name];
  if (presence === 'optional') return { value: isSameJson(value, usual) ? undefined : value, faults };
  return { value: value ?? usual, faults };
}

function declareImage(text: string): Part<string> {
  const image = parseImageRef(text);
  return image.ok
    ? { value: image.value.name, faults: [] }
    : { value: text, faults: [{ pointer: '/image', message: image.message }] };
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
