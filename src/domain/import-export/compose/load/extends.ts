/** `extends`: a service as another one with changes. Rule: compose-go, `loader/extends.go`. */

import { folderOf, type Neighbour } from '../../neighbours.js';
import { addFault, child, isNull, stringOf } from '../yaml/reading.js';
import type { MapTree, Tree } from '../yaml/tree.js';
import { type LoadedDocument, type Loading, MAX_CHAIN } from './context.js';
import { loadDocument, parseNeighbour } from './documents.js';
import { mergeTrees } from './merge.js';
import { resetsIn, withoutResets } from './resets.js';

/** Returns a document in which services are merged with those that they extend; one whose file wasn't sent keeps `extends`. */
export function withExtended(loading: Loading, document: LoadedDocument): MapTree {
  const services = servicesOf(document);
  if (services === undefined) return document.map;
  const extender = createExtender(loading);
  const entries = new Map([...services].map(([name]) => [name, extender(document, name) ?? EMPTY]));
  const at = document.map.entries.get('services') as MapTree;
  return { ...document.map, entries: new Map([...document.map.entries, ['services', { ...at, entries }]]) };
}

const EMPTY: Tree = { kind: 'map', at: { line: 1, column: 1, path: [] }, entries: new Map() };

function servicesOf({ map }: LoadedDocument): ReadonlyMap<string, Tree> | undefined {
  const services = child(map, 'services');
  return services?.kind === 'map' ? services.entries : undefined;
}

function createExtender(loading: Loading): (document: LoadedDocument, name: string) => Tree | undefined {
  const { reading, budget } = loading;
  const done = new Map<LoadedDocument, Map<string, Tree | undefined>>();
  const files = new Map<string, LoadedDocument | undefined>();

  function extended(document: LoadedDocument, name: string, chain: readonly string[]): Tree | undefined {
    const known = done.get(document) ?? new Map<string, Tree | undefined>();
    done.set(document, known);
    if (!known.has(name)) known.set(name, resolve(document, name, chain));
    return known.get(name);
  }

  function resolve(document: LoadedDocument, name: string, chain: readonly string[]): Tree | undefined {
    const service = servicesOf(document)?.get(name);
    const given = service?.kind === 'map' ? child(service, 'extends') : undefined;
    if (service?.kind !== 'map' || given === undefined) return service;
    const target = targetOf(given);
    // What is wrong with its type is found with all other types.
    if (target === undefined) return service;
    const here = `${document.source}\n${name}`;
    if (chain.includes(here) || chain.length === MAX_CHAIN) {
      const fault = chain.includes(here)
        ? 'extends itself in a cycle'
        : `is a chain of more than ${MAX_CHAIN} services`;
      addFault(reading, given, `${fault}; remove one of the extends`);
      return service;
    }
    const owner = target.path === undefined ? document : fileOf(document, target.path);
    if (owner === undefined) return service;
    if (!servicesOf(owner)?.has(target.service)) {
      addFault(reading, given, noService(target.service, target.path));
      return service;
    }
    const base = extended(owner, target.service, [...chain, here]);
    const own = new Map([...service.entries].filter(([key]) => key !== 'extends'));
    if (base?.kind !== 'map') return { ...service, entries: own };
    const cleared = withoutResets(base, resetsIn(document.resets, 'services', name));
    return mergeTrees({ reading, budget }, { ...cleared, at: service.at }, { ...service, entries: own }, [
      'services',
      name,
    ]);
  }

  /** Returns the file with the services; undefined where it wasn't sent, or has faults. */
  function fileOf(document: LoadedDocument, path: string): LoadedDocument | undefined {
    // Paths of a service are relative to the Compose file already.
    const neighbour = loading.neighbours.find('', path);
    if (neighbour === undefined) return undefined;
    if (!files.has(neighbour.path)) files.set(neighbour.path, load(document, neighbour));
    return files.get(neighbour.path);
  }

  function load({ variables }: LoadedDocument, neighbour: Neighbour): LoadedDocument | undefined {
    const scope = { variables, dir: folderOf(neighbour.path) };
    const documents = parseNeighbour(loading, neighbour).flatMap(
      (parsed) => loadDocument(loading, parsed, scope, neighbour.file) ?? [],
    );
    return documents.reduce<LoadedDocument | undefined>((earlier, later) => {
      const map = earlier && mergeTrees(loading, withoutResets(earlier.map, later.resets), later.map, []);
      return map?.kind === 'map' ? { ...later, map } : later;
    }, undefined);
  }

  return (document, name) => extended(document, name, []);
}

/** Returns the path of the file that a service extends; undefined unless it wasn't sent. */
export function absentBase(service: MapTree): string | undefined {
  const given = child(service, 'extends');
  return given === undefined ? undefined : targetOf(given)?.path;
}

const noService = (service: string, path: string | undefined): string =>
  `there is no service ${JSON.stringify(service)} in ${path === undefined ? 'the file' : path}; declare it, or remove this`;

function targetOf(tree: Tree): { readonly service: string; readonly path: string | undefined } | undefined {
  if (tree.kind === 'scalar') return isNull(tree) ? undefined : { service: tree.text, path: undefined };
  if (tree.kind !== 'map') return undefined;
  const quiet = { faults: [], notes: [] };
  const [service, path] = ['service', 'file'].map((key) => stringOf(quiet, child(tree, key)));
  return service === undefined ? undefined : { service, path };
}
