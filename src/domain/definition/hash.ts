/** One number for everything of a definition that a running container can't be given without being replaced. */

import { createHash } from 'node:crypto';
import { byCodeUnit, canonicalJson } from '../../lib/canonical-json.js';
import { resolutionOf } from '../images/resolution.js';
import { aliasesOf } from '../links/network-names.js';
import { portKey } from '../ports/parse.js';
import { type Definition, FIELD_NAMES, type PortMapping, type Reservation, type Spec } from './definition.js';
import { canonicalValue } from './diff.js';
import { SPEC } from './spec.js';

/** Parts of a container that its spec alone does not say. */
export interface Resolved {
  /** Every mapping that the container gets, those of `publishAll` included, each with its host port. */
  readonly bindings: readonly (PortMapping & { readonly hostPort: number })[];
  /** Aliases from `aliasesOf`; by default those of `networkAliases`. */
  readonly aliases?: readonly string[];
  /** Versions of the secrets that it uses, from `secretVersions`; by default it uses none. */
  readonly secrets?: readonly string[];
  /** Digest that an update brought; absent before the first one. */
  readonly imageDigest?: string | undefined;
}

/** Rises when the same definition is to be hashed differently: containers made before are then seen as changed. */
const VERSION = 1;

type Reader = (spec: Spec, resolved: Resolved) => unknown;

/** Readers of the resolved values that replace the text of fields with `hashedAs`. */
const RESOLVED: Readonly<Record<string, Reader>> = {
  bindings: (_, { bindings }) => bindings.map(bindingText).sort(byCodeUnit),
  imageDigest: (_, { imageDigest }) => imageDigest,
  networkAliases: ({ networkAliases = [] }, { aliases = networkAliases }) => (aliases.length > 0 ? aliases : undefined),
  secrets: (_, { secrets = [] }) => (secrets.length > 0 ? secrets.toSorted(byCodeUnit) : undefined),
};

const hashed = FIELD_NAMES.filter((name) => SPEC[name].applies === 'replace' && !('hashedAs' in SPEC[name]));
const readers = hashed.map((name): [string, Reader] => [name, (spec) => canonicalValue(name, spec)]);
/** The parts of the hash by name, in the order of {@link canonicalJson}. */
const PARTS = [...readers, ...Object.entries(RESOLVED)].sort(([a], [b]) => byCodeUnit(a, b));

/**
 * `1:` and the SHA-256, in hexadecimal, of what the container is made of. Equal hashes: no replacement needed.
 *
 * It has the fields that apply by replacement. Host ports count as they were resolved, however the definition asks for
 * them, and names by the aliases that they give. An optional field at its default isn't in it, so a definition keeps its
 * hash when Berth learns new fields. The values of links' variables aren't either: they follow the source, and are
 * compared apart.
 */
export function specHash(spec: Spec, resolved: Resolved): string {
  const texts: string[] = [];
  for (const [name, read] of PARTS) {
    const value = read(spec, resolved);
    if (value !== undefined) texts.push(`"${name}":${canonicalJson(value)}`);
  }
  return `${VERSION}:${createHash('sha256')
    .update(`{${texts.join(',')}}`)
    .digest('hex')}`;
}

interface Hashed {
  readonly name: string;
  readonly bindings: readonly Reservation[];
  readonly secrets: string;
  readonly imageDigest: string | undefined;
  readonly hash: string;
}

const hashes = new WeakMap<Spec, Hashed>();

/**
 * Returns the hash of a definition's container. A memo, since each pass requests it many times, always for the same spec
 * and claims until one of them changes.
 *
 * @param secrets from `secretVersions`
 */
export function rememberedHash(
  { name, spec, resolution }: Pick<Definition, 'name' | 'spec' | 'resolution'>,
  bindings: readonly Reservation[],
  secrets: readonly string[],
): string {
  const known = hashes.get(spec);
  const versions = secrets.join();
  const imageDigest = resolutionOf({ spec, resolution })?.update;
  const isSame = known?.bindings === bindings && known.name === name && known.secrets === versions;
  if (isSame && known.imageDigest === imageDigest) return known.hash;
  const hash = specHash(spec, { bindings, aliases: aliasesOf(name, spec), secrets, imageDigest });
  hashes.set(spec, { name, bindings, secrets: versions, imageDigest, hash });
  return hash;
}

function bindingText(binding: Resolved['bindings'][number]): string {
  return `${binding.hostIp ?? ''}|${binding.hostPort}|${portKey(binding)}`;
}
