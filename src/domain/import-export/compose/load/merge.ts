/**
 * Merges Compose files, and services with the ones that they extend: the later one counts, each key by its own rule.
 * Rule: compose-go, `override/merge.go` and `override/uncity.go`.
 */

import { splitAtEquals } from '../../../../lib/text/env-entry.js';
import type { Budget } from '../yaml/budget.js';
import { exceeded } from '../yaml/budget.js';
import { addFault, isNull, plain, type Reading } from '../yaml/reading.js';
import type { MapTree, ScalarTree, Tree } from '../yaml/tree.js';

type ListTree = Extract<Tree, { readonly kind: 'list' }>;
type Path = readonly string[];

export interface Merger {
  readonly reading: Reading;
  readonly budget: Budget;
}

/** Merges two values of a key. Neither is null. */
type Rule = (merger: Merger, base: Tree, over: Tree, path: Path) => Tree;

/** @param path keys that lead to the values, `services` first */
export function mergeTrees(merger: Merger, base: Tree, over: Tree, path: Path): Tree {
  const rule = ruleOf(path);
  if (rule === replace) return over;
  if (isNull(over)) return base;
  return isNull(base) ? over : (rule ?? byKind)(merger, base, over, path);
}

/** The rule of keys that have none of their own: maps key by key, lists one after the other, the later text. */
function byKind(merger: Merger, base: Tree, over: Tree, path: Path): Tree {
  if (base.kind === 'scalar') return over;
  if (base.kind === 'map' && over.kind === 'map') return mergeMaps(merger, base, over, path);
  if (base.kind === 'list' && over.kind === 'list') return joined(merger, base, over);
  return differs(merger, base, over);
}

function differs({ reading }: Merger, base: Tree, over: Tree): Tree {
  const kinds: Readonly<Record<Tree['kind'], string>> = { scalar: 'a single value', list: 'a list', map: 'a map' };
  const place = base.at.file === over.at.file ? '' : ' of an earlier file';
  addFault(
    reading,
    over,
    `is ${kinds[over.kind]}, which can't be merged with ${kinds[base.kind]} on line ${base.at.line}${place}; write both alike`,
  );
  return over;
}

function mergeMaps(merger: Merger, base: MapTree, over: MapTree, path: Path): MapTree {
  if (isTooMuch(merger, over, base.entries.size + over.entries.size)) return over;
  const entries = new Map(base.entries);
  for (const [key, value] of over.entries) {
    const earlier = entries.get(key);
    entries.set(key, earlier === undefined ? value : mergeTrees(merger, earlier, value, [...path, key]));
  }
  return { ...base, entries };
}

/** Counts what is copied: a chain of services that extend each other copies the first one's values many times. */
function isTooMuch({ reading, budget }: Merger, at: Tree, count: number): boolean {
  const wasTooMuch = exceeded(budget) !== undefined;
  budget.merged += count;
  const most = exceeded(budget);
  if (most !== undefined && !wasTooMuch) {
    addFault(reading, at, `with what it extends and merges the file has more than ${most}; remove some`);
  }
  return most !== undefined;
}

function joined(merger: Merger, base: ListTree, over: ListTree): ListTree {
  if (isTooMuch(merger, over, base.items.length + over.items.length)) return over;
  return { ...base, items: [...base.items, ...over.items] };
}

const replace: Rule = (_, __, over) => over;

const asList = (tree: Tree): ListTree => (tree.kind === 'list' ? tree : { kind: 'list', at: tree.at, items: [tree] });

/** Merges lists, or single values, in which an entry of the later one takes the place of that with the same key. */
const set =
  (keyOf: (item: Tree) => string): Rule =>
  (merger, base, over) => {
    if (base.kind === 'map' || over.kind === 'map') return differs(merger, base, over);
    const [earlier, later] = [asList(base), asList(over)];
    if (isTooMuch(merger, over, earlier.items.length + later.items.length)) return over;
    const replaced = new Map<string, Tree>();
    for (const item of later.items) replaced.set(keyOf(item), item);
    const known = new Set(earlier.items.map(keyOf));
    const kept = earlier.items.map((item) => replaced.get(keyOf(item)) ?? item);
    return { ...earlier, items: [...kept, ...later.items.filter((item) => !known.has(keyOf(item)))] };
  };

const textOf = (tree: Tree | undefined): string =>
  tree?.kind === 'scalar' ? tree.text : JSON.stringify(plain(tree ?? EMPTY));
const EMPTY: ScalarTree = { kind: 'scalar', at: { line: 1, column: 1, path: [] }, value: null, text: '', source: '' };
const inMap = (tree: Tree, key: string): string | undefined => {
  const found = tree.kind === 'map' ? tree.entries.get(key) : undefined;
  return found === undefined ? undefined : textOf(found);
};

/** Maps, or lists of `NAME=value`: one entry for each name. */
const pairs: Rule = (merger, base, over, path) => {
  if (base.kind === 'map' && over.kind === 'map') {
    if (isTooMuch(merger, over, base.entries.size + over.entries.size)) return over;
    return { ...base, entries: new Map([...base.entries, ...over.entries]) };
  }
  return names(merger, asPairs(base), asPairs(over), path);
};

const nameKey = (item: Tree): string => splitAtEquals(textOf(item))[0];
const names = set(nameKey);

/** Returns `{ A: 1, B: }` as `[A=1, B]`. */
function asPairs(tree: Tree): Tree {
  if (tree.kind !== 'map') return tree;
  const items = [...tree.entries].flatMap(([name, value]): readonly Tree[] => {
    const values = value.kind === 'list' ? value.items : [value];
    return values.map((one) => {
      const text = isNull(one) ? name : `${name}=${textOf(one)}`;
      return { kind: 'scalar', at: one.at, value: text, text, source: isNull(one) ? name : `${name}=${sourceOf(one)}` };
    });
  });
  return { kind: 'list', at: tree.at, items };
}

const sourceOf = (tree: Tree): string => (tree.kind === 'scalar' ? tree.source : textOf(tree));

/** Returns a list of names as a map of them. */
function asMap(tree: Tree, entryOf: (item: Tree) => Tree): Tree {
  if (tree.kind !== 'list') return tree;
  return { kind: 'map', at: tree.at, entries: new Map(tree.items.map((item) => [textOf(item), entryOf(item)])) };
}

const named =
  (entryOf: (item: Tree) => Tree): Rule =>
  (merger, base, over, path) =>
    byKind(merger, asMap(base, entryOf), asMap(over, entryOf), path);

const scalar = ({ at }: Tree, value: string | boolean): ScalarTree => ({
  kind: 'scalar',
  at,
  value,
  text: String(value),
  source: String(value),
});

const dependency = (item: Tree): Tree => ({
  kind: 'map',
  at: item.at,
  entries: new Map([
    ['condition', scalar(item, 'service_started')],
    ['required', scalar(item, true)],
  ]),
});

/** Options are merged only if both name the same driver, or one names none. */
const logging: Rule = (merger, base, over, path) => {
  const [before, after] = [inMap(base, 'driver'), inMap(over, 'driver')];
  return before === after || before === undefined || after === undefined ? byKind(merger, base, over, path) : over;
};

const build: Rule = (merger, base, over, path) => {
  const whole = (tree: Tree): Tree =>
    tree.kind === 'scalar' ? { kind: 'map', at: tree.at, entries: new Map([['context', tree]]) } : tree;
  return byKind(merger, whole(base), whole(over), path);
};

/** Address ranges are merged by their subnets. */
const subnets: Rule = (merger, base, over, path) => {
  if (base.kind !== 'list' || over.kind !== 'list') return differs(merger, base, over);
  const later = new Map(over.items.map((item) => [inMap(item, 'subnet'), item]));
  const items = base.items.map((item) => {
    const same = later.get(inMap(item, 'subnet'));
    if (same === undefined) return item;
    later.delete(inMap(item, 'subnet'));
    return byKind(merger, item, same, [...path, '']);
  });
  return { ...base, items: [...items, ...later.values()] };
};

/** Every pair counts: a host can have several addresses. */
const hosts: Rule = (merger, base, over) => set(textOf)(merger, asPairs(base), asPairs(over), []);

const portKey = (item: Tree): string =>
  item.kind === 'map'
    ? JSON.stringify(['host_ip', 'published', 'target', 'protocol'].map((key) => inMap(item, key) ?? null))
    : textOf(item);

/** Returns the path in the container. Rule: compose-go, `format.ParseVolume`. */
function mountKey(item: Tree): string {
  const target = inMap(item, 'target');
  if (target !== undefined) return target;
  const [first = '', second = first] = textOf(item).split(':');
  return second;
}

/** Returns the path of a config or a secret in the container. @param folder where one without a target is */
const fileKey =
  (folder: string) =>
  (item: Tree): string =>
    inMap(item, 'target') ?? `${folder}/${inMap(item, 'source') ?? textOf(item)}`;

const RULES: Readonly<Record<string, Rule>> = {
  'networks.*.external': replace,
  'networks.*.ipam.config': subnets,
  'networks.*.labels': pairs,
  'volumes.*.external': replace,
  'volumes.*.labels': pairs,
  'configs.*.external': replace,
  'secrets.*.external': replace,
  'services.*.annotations': pairs,
  'services.*.build': build,
  'services.*.build.additional_contexts': pairs,
  'services.*.build.args': pairs,
  'services.*.build.extra_hosts': hosts,
  'services.*.build.labels': pairs,
  'services.*.build.platform': names,
  'services.*.build.tags': names,
  'services.*.cap_add': names,
  'services.*.cap_drop': names,
  'services.*.command': replace,
  'services.*.configs': set(fileKey('')),
  'services.*.depends_on': named(dependency),
  'services.*.deploy.labels': pairs,
  'services.*.devices': set(mountKey),
  'services.*.dns': names,
  'services.*.dns_opt': names,
  'services.*.dns_search': names,
  'services.*.entrypoint': replace,
  'services.*.env_file': set((item) => inMap(item, 'path') ?? textOf(item)),
  'services.*.environment': pairs,
  'services.*.expose': set(textOf),
  'services.*.extra_hosts': hosts,
  'services.*.healthcheck.test': replace,
  'services.*.label_file': set(textOf),
  'services.*.labels': pairs,
  'services.*.links': names,
  'services.*.logging': logging,
  'services.*.models': named((item) => ({ ...EMPTY, at: item.at })),
  'services.*.networks': named((item) => ({ ...EMPTY, at: item.at })),
  'services.*.networks.*.aliases': names,
  'services.*.networks.*.link_local_ips': names,
  'services.*.ports': set(portKey),
  'services.*.profiles': names,
  'services.*.secrets': set(fileKey('/run/secrets')),
  'services.*.sysctls': pairs,
  'services.*.tmpfs': names,
  'services.*.ulimits.*': replace,
  'services.*.volumes': set(mountKey),
};

/** Rules by the number of keys in their paths. */
const BY_LENGTH = new Map<number, { readonly keys: Path; readonly rule: Rule }[]>();
for (const [path, rule] of Object.entries(RULES)) {
  const keys = path.split('.');
  BY_LENGTH.set(keys.length, [...(BY_LENGTH.get(keys.length) ?? []), { keys, rule }]);
}

function ruleOf(path: Path): Rule | undefined {
  const found = BY_LENGTH.get(path.length)?.find(({ keys }) =>
    keys.every((key, index) => key === '*' || key === path[index]),
  );
  return found?.rule;
}
