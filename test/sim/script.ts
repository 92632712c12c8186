/** What happens in a run: client writes, outsiders' doings, faults and crashes, drawn from the seed before it begins. */

import type { DefinitionInput } from '../../src/domain/definition/definition.js';
import { IMAGES, type Step } from './engine.js';
import { seeded } from './world.js';

export const NAMES = ['aa', 'bb', 'cc', 'dd'] as const;
const PORTS = [7001, 7002, 7003] as const;

/** A definition that runs once it may: what its ports do is then all that counts. */
const STEADY = { image: 'good', state: 'running', restartPolicy: 'always' } as const;

/** A host port that is lost for no longer than this is had again by trying at once, in milliseconds. */
export const BRIEF_MS = 200;

/** The images that any definition may have; the others are for those with dependencies. */
const DRAWN = Object.keys(IMAGES).filter((name) => !['late', 'job', 'hasty'].includes(name));

/** How long things happen, in virtual milliseconds. */
export const SCRIPT_MS = 60_000;

export type Incident = { readonly at: number } & (
  | { readonly kind: 'put'; readonly name: string; readonly input: DefinitionInput }
  | { readonly kind: 'apply'; readonly inputs: readonly DefinitionInput[] }
  | { readonly kind: 'delete' | 'start' | 'stop' | 'restart'; readonly name: string }
  | { readonly kind: 'kill' | 'halt' | 'pause' | 'remove' | 'rename' | 'bounce'; readonly name: string }
  /** The engine ends a container and can't start it again, for a leftover of its own. */
  | { readonly kind: 'leave-task'; readonly name: string }
  /** The containers of these names get each other's names; a stranger takes the first, where one comes. */
  | { readonly kind: 'rotate-names'; readonly names: readonly string[]; readonly stranger: boolean }
  /** Networks that nothing is up on, or an image, are removed: now, or just before the next step of this kind is done. */
  | { readonly kind: 'prune'; readonly before?: Step }
  | { readonly kind: 'remove-image'; readonly image: string; readonly before?: Step }
  /** Somebody disconnects a container from a network. */
  | { readonly kind: 'detach'; readonly name: string; readonly network: string }
  | { readonly kind: 'foreign'; readonly name: string; readonly port: number; readonly labelled: boolean }
  | { readonly kind: 'hold' | 'release'; readonly port: number }
  | { readonly kind: 'steal'; readonly name: string; readonly forMs: number }
  | { readonly kind: 'trouble'; readonly rate: number; readonly eventRate: number; readonly forMs: number }
  | { readonly kind: 'down' | 'reboot'; readonly forMs: number }
  /** An outgoing connection takes a port as soon as no container has it, and keeps it so long. */
  | { readonly kind: 'lose-port'; readonly port: number; readonly forMs: number }
  /** The engine's disk has no room. */
  | { readonly kind: 'full'; readonly forMs: number }
  | { readonly kind: 'cut' }
  | { readonly kind: 'jump'; readonly ms: number }
  /** At the so manieth wait from then on: before a call or a commit, or when it is done and its answer is on the way. */
  | { readonly kind: 'crash'; readonly atWait: number; readonly forMs: number }
  /** The engine is looked at as a whole only when the connection is made: what fails has to be tried again by itself. */
  | { readonly kind: 'rare-relists' }
  /** A backup is taken, and sometime later put back; in the end a person releases what is held. */
  | ({ readonly kind: 'restore'; readonly takenAt: number } & RestoreManner)
);

export interface RestoreManner {
  /** Over the API; or in the place of the database, with marks that tell it from that, or without any. */
  readonly by: 'api' | 'file' | 'unmarked-file';
  readonly releasedAfterMs: number;
  readonly strays: 'keep' | 'remove';
}

/** What clients and outsiders do while nothing fails: then not one start too many is excused. */
const QUIET: ReadonlySet<Incident['kind']> = new Set([
  ...(['put', 'apply', 'delete', 'start', 'stop', 'restart'] as const),
  ...(['kill', 'halt', 'pause', 'remove', 'rename', 'bounce', 'jump'] as const),
]);

/** True if a script has nothing in it that goes wrong. */
export const isQuiet = (script: readonly Incident[]): boolean => script.every(({ kind }) => QUIET.has(kind));

/** Without what only a look at the whole engine would show. */
const isSeen = (incident: Incident): boolean =>
  QUIET.has(incident.kind) ||
  ['foreign', 'hold', 'release', 'steal', 'rotate-names', 'prune', 'remove-image'].includes(incident.kind) ||
  (incident.kind === 'trouble' && incident.eventRate === 0);

/** In so many of all runs definitions depend on each other, and the engine may boot. */
const SHARE_WITH_DEPENDENCIES = 0.3;

/** In so many of all runs the engine can't start a container again. */
const SHARE_WITH_LEFTOVERS = 0.1;

export function drawScript(seed: number): readonly Incident[] {
  const script = withLeftovers(drawIncidents(seed), seeded(seed ^ 0x1ef7));
  const random = seeded(seed ^ 0xde9);
  return random() < SHARE_WITH_DEPENDENCIES ? withDependencies(script, random) : script;
}

/** The script with a container, in one run in ten, that the engine can't start again; not where nothing goes wrong. */
function withLeftovers(script: readonly Incident[], random: () => number): readonly Incident[] {
  if (random() >= SHARE_WITH_LEFTOVERS || isQuiet(script)) return script;
  const name = NAMES[Math.floor(random() * NAMES.length)] as (typeof NAMES)[number];
  return inOrder([...script, { at: Math.floor(random() * SCRIPT_MS), kind: 'leave-task', name }]);
}

/** The script with definitions that depend on others, and with boots of the engine. */
function withDependencies(script: readonly Incident[], random: () => number): readonly Incident[] {
  const chance = (probability: number): boolean => random() < probability;
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;

  function depending(input: DefinitionInput): DefinitionInput {
    const earlier = NAMES.slice(0, NAMES.indexOf(input.name as (typeof NAMES)[number]));
    const dependsOn = earlier
      .filter(() => chance(0.5))
      .map((container) => ({
        container,
        condition: pick(['started', 'healthy', 'healthy', 'completed'] as const),
        ...(chance(0.2) && { required: false }),
      }));
    const image = chance(0.5) ? pick(['late', 'healthy', 'job', 'hasty'] as const) : input.image;
    return {
      ...input,
      image,
      ...(image === 'job' && { restartPolicy: pick(['no', 'on-failure'] as const) }),
      ...(dependsOn.length > 0 && { dependsOn }),
      ...(chance(0.3) && { boot: 'held' as const }),
      ...(chance(0.2) && { onUnhealthy: 'restart' as const }),
    };
  }

  const changed = script.map((incident): Incident => {
    if (incident.kind === 'put') return { ...incident, input: depending(incident.input) };
    return incident.kind === 'apply' ? { ...incident, inputs: incident.inputs.map(depending) } : incident;
  });
  const boots = Array.from(
    { length: Math.floor(random() * 3) },
    (): Incident => ({ at: Math.floor(random() * SCRIPT_MS), kind: 'reboot', forMs: random() * 3_000 }),
  );
  return inOrder([...changed, ...boots]);
}

function drawIncidents(seed: number): readonly Incident[] {
  const random = seeded(seed ^ 0x5eed);
  const pick = <T>(all: readonly T[]): T => all[Math.floor(random() * all.length)] as T;
  const chance = (probability: number): boolean => random() < probability;
  const manner = random();
  const network = chance(0.25) ? 'lan' : undefined;
  let version = 0;

  function input(name: (typeof NAMES)[number]): DefinitionInput {
    const earlier = NAMES.slice(0, NAMES.indexOf(name));
    return {
      name,
      image: chance(0.6) ? 'good' : pick(DRAWN),
      env: chance(0.7) ? { VERSION: String(++version) } : {},
      ports: [...(chance(0.4) ? [`${pick(PORTS)}:80`] : []), ...(chance(0.4) ? ['81'] : [])],
      links: earlier.filter(() => chance(0.4)),
      ...(network !== undefined && { network }),
      ...(chance(0.2) && { resources: { memoryBytes: pick([64, 128]) * 1024 * 1024 } }),
      ...(chance(0.15) && { restartPolicy: pick(['no', 'on-failure'] as const) }),
      ...(chance(0.1) && { onLinkChange: 'ignore' as const }),
      ...(chance(0.1) && { state: 'stopped' as const }),
    };
  }

  function incident(): Incident {
    const at = Math.floor(random() * SCRIPT_MS);
    const name = pick(NAMES);
    const kind = random();
    if (kind < 0.34) return { at, kind: 'put', name, input: input(name) };
    if (kind < 0.4) {
      return { at, kind: 'apply', inputs: NAMES.filter(() => chance(0.6)).map((one) => ({ ...input(one) })) };
    }
    if (kind < 0.52) return { at, kind: pick(['delete', 'start', 'stop', 'restart'] as const), name };
    if (kind < 0.7) return { at, kind: pick(['kill', 'halt', 'pause', 'remove', 'rename', 'bounce'] as const), name };
    if (kind < 0.74) return { at, kind: 'foreign', name, port: pick(PORTS), labelled: chance(0.5) };
    if (kind < 0.77) return { at, kind: pick(['hold', 'release'] as const), port: pick(PORTS) };
    if (kind < 0.79) return { at, kind: 'steal', name, forMs: random() * 20_000 };
    if (kind < 0.88) {
      return {
        at,
        kind: 'trouble',
        rate: pick([0.05, 0.2]),
        eventRate: pick([0, 0.3]),
        forMs: 2_000 + random() * 10_000,
      };
    }
    if (kind < 0.92) return { at, kind: 'down', forMs: random() * 8_000 };
    if (kind < 0.93) return { at, kind: 'cut' };
    if (kind < 0.94) return { at, kind: 'full', forMs: 2_000 + random() * 10_000 };
    if (kind < 0.95) return { at, kind: 'jump', ms: pick([-3_600_000, 3_600_000]) };
    return { at, kind: 'crash', atWait: 1 + Math.floor(random() * 40), forMs: random() * 3_000 };
  }

  /** Linked definitions whose host ports are exchanged, in one apply or by single writes. */
  function swap(): readonly Incident[] {
    const names = NAMES.filter(() => chance(0.7));
    const begun = 2_000 + random() * 40_000;
    const exchanged = begun + random() * 12_000;
    const base = NAMES.map((name) => ({ ...input(name), ...STEADY, ports: portsOf(names.indexOf(name)) }));
    const last = random() < 0.3 ? 1 : 0;
    const after = base
      .map((one) => ({ one, at: names.indexOf(one.name as (typeof NAMES)[number]) }))
      .filter(({ at }) => at >= 0)
      .map(({ one, at }) => ({
        ...one,
        ports: at === names.length - 1 ? portsOf(last === 1 ? -1 : 0) : portsOf(at + 1),
        ...(chance(0.1) && { image: pick(['missing', 'broken', 'remote'] as const) }),
      }));
    const together: Incident = { at: exchanged, kind: 'apply', inputs: after };
    const free = after.map((one, n): Incident => put(exchanged + n * 50, { ...one, ports: [] }));
    const taken = after.map((one, n): Incident => put(exchanged + 300 + random() * 3_000 + n * 50, one));
    return [{ at: begun, kind: 'apply', inputs: base }, ...(chance(0.6) ? [together] : [...free, ...taken])];
  }

  const portsOf = (index: number): readonly string[] => (PORTS[index] === undefined ? [] : [`${PORTS[index]}:80`]);
  const put = (at: number, one: DefinitionInput): Incident => ({ at, kind: 'put', name: one.name ?? '', input: one });

  /** What disappears, and names that outsiders exchange. */
  function meddling(): Incident {
    const at = Math.floor(random() * SCRIPT_MS);
    const before = chance(0.5) ? { before: pick(['create', 'start'] as const) } : {};
    if (chance(0.4)) return { at, kind: 'prune', ...before };
    if (chance(0.4)) return { at, kind: 'remove-image', image: pick(['good', 'other', 'remote'] as const), ...before };
    return { at, kind: 'rotate-names', names: NAMES.filter(() => chance(0.7)), stranger: chance(0.2) };
  }

  function incidentOf(isOneOf: (incident: Incident) => boolean): Incident {
    const drawn = incident();
    return isOneOf(drawn) ? drawn : incidentOf(isOneOf);
  }

  function restore(): Incident {
    const takenAt = 5_000 + random() * 20_000;
    return {
      at: takenAt + 1_000 + random() * 30_000,
      ...{ kind: 'restore', takenAt, by: pick(['api', 'file', 'unmarked-file'] as const) },
      ...{ releasedAfterMs: random() * 15_000, strays: pick(['keep', 'remove'] as const) },
    };
  }

  const first = NAMES.filter(() => chance(0.8)).map(
    (name, index): Incident => ({ at: 10 + index * 50, kind: 'put', name, input: input(name) }),
  );
  const many = { length: 6 + Math.floor(random() * 26) };
  const extra = [
    ...(chance(0.4) ? swap() : []),
    ...(manner < 0.1 ? [] : Array.from({ length: Math.floor(random() * 3) }, meddling)),
  ];
  const lost = (): readonly Incident[] =>
    Array.from({ length: Math.floor(random() * 3) }, () => ({
      ...{ at: Math.floor(random() * SCRIPT_MS), kind: 'lose-port', port: pick(PORTS) },
      forMs: chance(0.5) ? random() * BRIEF_MS : random() * 20_000,
    }));
  if (manner < 0.1)
    return [...first, ...inOrder([...Array.from(many, () => incidentOf((one) => isQuiet([one]))), ...extra])];
  if (manner < 0.2) {
    return [
      { at: 0, kind: 'rare-relists' },
      ...first,
      ...inOrder([...Array.from(many, () => incidentOf(isSeen)), ...extra, ...lost()]),
    ];
  }
  const rest = Array.from(many, incident);
  const restores = chance(0.25) ? [restore()] : [];
  return [...first, ...inOrder([...rest, ...restores, ...extra, ...lost()])];
}

/** By the time at which they happen. */
export const inOrder = (incidents: readonly Incident[]): readonly Incident[] =>
  [...incidents].sort((a, b) => a.at - b.at);

/** An incident as a line of a trace. */
export function lineOf({ at, kind, ...rest }: Incident): string {
  return `${String(Math.round(at)).padStart(6)} ms  ${kind} ${JSON.stringify(rest)}`;
}
