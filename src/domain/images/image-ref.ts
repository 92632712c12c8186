/** Image references, by the grammar of distribution/reference (`regexp.go`, `normalize.go`). */

import { failure, type Result, success } from '../problems/result.js';

export interface ImageRef {
  /** The familiar text, as Docker shows it: without `docker.io/` and `library/`; tag and digest as they were given. */
  readonly name: string;
  /** `docker.io` where none is named. */
  readonly registry: string;
  /** The path on the registry: `library/mysql`, `training/webapp`. */
  readonly repository: string;
  readonly tag?: string;
  /** `sha256:…` */
  readonly digest?: string;
  /** The image's id, where the text is one: `sha256:` and 64 digits. Registry and repository are then empty. */
  readonly id?: string;
}

const HUB = 'docker.io';
const LABEL = '(?:[a-zA-Z0-9]|[a-zA-Z0-9][a-zA-Z0-9-]*[a-zA-Z0-9])';
const REGISTRY = new RegExp(`^(?:${LABEL}(?:\\.${LABEL})*|\\[[a-fA-F0-9:]+\\])(?::[0-9]+)?$`);
const COMPONENT = /^[a-z0-9]+(?:(?:[._]|__|-+)[a-z0-9]+)*$/;
const TAG = /^\w[\w.-]{0,127}$/;
const DIGEST = /^(?:sha256:[a-f0-9]{64}|sha384:[a-f0-9]{96}|sha512:[a-f0-9]{128})$/;
/** Rule: distribution/reference, `ParseAnyReference`. */
const ID = /^sha256:[a-f0-9]{64}$/;
const FORM =
  'write [registry[:port]/]path[:tag][@sha256:…], for example mysql:8 or registry.example.com:5000/team/app:1.2';

/** Returns true for an image's id, `sha256:…`, which can't be pulled: it names no registry. */
export const isImageId = (text: string): boolean => ID.test(text);

/** Reads an image reference; the message says which part is wrong. */
export function parseImageRef(text: string): Result<ImageRef> {
  if (ID.test(text)) return success({ name: text, registry: '', repository: '', id: text });
  const fault = roughFault(text);
  if (fault !== undefined) {
    return failure(`${JSON.stringify(text)}: ${fault}; ${FORM}`);
  }
  const { registry, path, tag, digest } = splitRef(text);
  const repository = registry === HUB && !path.includes('/') ? `library/${path}` : path;
  const partFault =
    registryFault(registry) ?? repositoryFault(repository) ?? tagFault(tag) ?? digestFault(digest) ?? undefined;
  if (partFault !== undefined) {
    return failure(`${JSON.stringify(text)}: ${partFault}; ${FORM}`);
  }
  const parts = {
    registry,
    repository,
    ...(tag === undefined ? {} : { tag }),
    ...(digest === undefined ? {} : { digest }),
  };
  return success({ name: familiar(parts), ...parts });
}

/** The familiar text of a reference with `:latest` where it names no tag, no digest and no id. */
export function withDefaultTag(ref: ImageRef): string {
  return ref.id === undefined && ref.tag === undefined && ref.digest === undefined ? `${ref.name}:latest` : ref.name;
}

/**
 * The one text of all references that name the same image: `x`, `x:latest` and `docker.io/library/x` are one. A digest
 * decides alone, as for the engine, and the tag beside it says nothing. What is no reference stays as it is.
 */
export function canonicalImage(text: string): string {
  const parsed = parseImageRef(text);
  if (!parsed.ok) return text;
  const { registry, repository, tag = 'latest', digest } = parsed.value;
  return `${registry}/${repository}${digest === undefined ? `:${tag}` : `@${digest}`}`;
}

/** Returns true if two references name the same image. */
export const isSameImage = (a: string, b: string): boolean => a === b || canonicalImage(a) === canonicalImage(b);

function roughFault(text: string): string | undefined {
  if (text === '') {
    return 'the image reference is empty';
  }
  if (/^[a-z][a-z0-9+.-]*:\/\//i.test(text)) {
    return 'an image reference is not a URL; leave the scheme out';
  }
  if (/\s/.test(text)) {
    return 'it contains white space';
  }
  return /^[a-f0-9]{64}$/.test(text) ? `a bare id is not an image reference; write sha256:${text}` : undefined;
}

interface Split {
  readonly registry: string;
  readonly path: string;
  readonly tag: string | undefined;
  readonly digest: string | undefined;
}

function splitRef(text: string): Split {
  const at = text.indexOf('@');
  const named = at === -1 ? text : text.slice(0, at);
  const digest = at === -1 ? undefined : text.slice(at + 1);
  const slash = named.indexOf('/');
  const first = named.slice(0, Math.max(slash, 0));
  const registry = slash !== -1 && isRegistry(first) ? first : HUB;
  const rest = slash !== -1 && isRegistry(first) ? named.slice(slash + 1) : named;
  const colon = rest.indexOf(':');
  return {
    registry: registry === 'index.docker.io' ? HUB : registry,
    path: colon === -1 ? rest : rest.slice(0, colon),
    tag: colon === -1 ? undefined : rest.slice(colon + 1),
    digest,
  };
}

/** Rule: `splitDockerDomain`. Capital letters too make a first part a registry, as a path can't have them. */
function isRegistry(first: string): boolean {
  return first === 'localhost' || /[.:]/.test(first) || first.toLowerCase() !== first;
}

function registryFault(registry: string): string | undefined {
  return REGISTRY.test(registry) ? undefined : `${JSON.stringify(registry)} is not a registry name`;
}

function repositoryFault(repository: string): string | undefined {
  if (repository !== repository.toLowerCase()) {
    return `the path ${JSON.stringify(repository)} must be lower case`;
  }
  if (repository.length > 255) {
    return 'the path is longer than 255 characters';
  }
  const wrong = repository.split('/').find((component) => !COMPONENT.test(component));
  if (wrong === undefined) {
    return undefined;
  }
  return wrong === ''
    ? 'a part of the path is empty'
    : `${JSON.stringify(wrong)} in the path must be lower-case letters and digits with single separators between them`;
}

function tagFault(tag: string | undefined): string | undefined {
  return tag === undefined || TAG.test(tag)
    ? undefined
    : `${JSON.stringify(tag)} is not a tag; a tag has 1 to 128 letters, digits, underscores, dots or dashes`;
}

function digestFault(digest: string | undefined): string | undefined {
  return digest === undefined || DIGEST.test(digest)
    ? undefined
    : `${JSON.stringify(digest)} is not a digest; a digest is sha256: and 64 lower-case hexadecimal digits`;
}

function familiar(parts: Omit<ImageRef, 'name'>): string {
  const { registry, repository, tag, digest } = parts;
  const short = /^library\/([^/]+)$/.exec(repository)?.[1] ?? repository;
  const path = registry === HUB ? short : `${registry}/${repository}`;
  return `${path}${tag === undefined ? '' : `:${tag}`}${digest === undefined ? '' : `@${digest}`}`;
}
