/** Reads a text into documents with their variables put in. */

import type { Neighbour } from '../../neighbours.js';
import { interpolateTree } from '../yaml/interpolate.js';
import { addFault, child, isNull, mapOf } from '../yaml/reading.js';
import { type MapTree, type ParsedDocument, parseDocuments, type ScalarTree, type Tree } from '../yaml/tree.js';
import type { LoadedDocument, Loading, Scope } from './context.js';
import { rebased } from './paths.js';
import { createResets } from './resets.js';

/** Parses a text that a file includes or extends; its faults are added. */
export function parseNeighbour({ reading, budget }: Loading, { text, file }: Neighbour): readonly ParsedDocument[] {
  const parsed = parseDocuments(text, budget, file);
  if (parsed.ok) return parsed.documents;
  for (const { at, message } of parsed.faults) addFault(reading, { at }, message);
  return [];
}

/** Puts the variables into a document; undefined, with a fault, if it isn't a map. */
export function loadDocument(
  { reading, budget }: Loading,
  { tree, resets }: ParsedDocument,
  scope: Scope,
  source: string,
): LoadedDocument | undefined {
  const map = mapOf(reading, withoutExtensions(tree));
  const read = map && mapOf(reading, interpolateTree(reading, map, scope.variables, budget));
  if (read === undefined) return undefined;
  return { ...scope, map: withServices(read, scope), resets: createResets(resets), source };
}

/** Drops top-level `x-` keys: they only hold anchors, and their variables are replaced where an alias uses them. */
function withoutExtensions(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  return { ...tree, entries: new Map([...tree.entries].filter(([key]) => !key.startsWith('x-') || key === 'x-berth')) };
}

function withServices(map: MapTree, scope: Scope): MapTree {
  const services = child(map, 'services');
  if (services?.kind !== 'map') return map;
  const entries = new Map(
    [...services.entries].map(([name, service]) => [name, resolved(rebased(service, scope.dir), scope)] as const),
  );
  return { ...map, entries: new Map([...map.entries, ['services', { ...services, entries }]]) };
}

/** Gives names without a value in `environment` the values that the file's variables have. */
function resolved(service: Tree, { variables }: Scope): Tree {
  const environment = service.kind === 'map' ? child(service, 'environment') : undefined;
  if (service.kind !== 'map' || environment === undefined || environment.kind === 'scalar') return service;
  const variableOf = (name: string): string | undefined =>
    Object.hasOwn(variables, name) ? variables[name] : undefined;
  const filled = (tree: Tree, name: string, text: string | undefined): Tree =>
    text === undefined ? tree : withValue(tree, name, text);
  const given: Tree =
    environment.kind === 'map'
      ? {
          ...environment,
          entries: new Map(
            [...environment.entries].map(([name, value]) => [
              name,
              isNull(value) ? filled(value, name, variableOf(name)) : value,
            ]),
          ),
        }
      : {
          ...environment,
          items: environment.items.map((item) => {
            const name = item.kind === 'scalar' && typeof item.value === 'string' ? item.text : '=';
            const value = name.includes('=') ? undefined : variableOf(name);
            return value === undefined ? item : withValue(item, name, `${name}=${value}`);
          }),
        };
  return { ...service, entries: new Map([...service.entries, ['environment', given]]) };
}

/** Puts in a value as a variable's: messages name the variable and not its value. */
function withValue({ at }: Tree, name: string, text: string): ScalarTree {
  const value = text.startsWith(`${name}=`) ? text.slice(name.length + 1) : text;
  const source = `\${${name}}`;
  return { kind: 'scalar', at: { ...at, variables: { ...at.variables, [name]: value } }, value: text, text, source };
}
