/** Host ports that a definition keeps, releases and newly claims when its mappings change. */

import { groupBy } from '../../lib/multimap.js';
import type { ContainerPort, PortMapping, Protocol, Reservation, ReservationOrigin } from '../definition/definition.js';
import type { FieldFault } from '../problems/result.js';
import { type ClaimIndex, createClaimIndex } from './claim-index.js';
import { collide, firstFree } from './conflicts.js';
import { type PortRange, parsePortRange, portKey } from './parse.js';

/** A host port that is to be claimed, before it belongs to anyone. */
export type NewReservation = Omit<Reservation, 'uid'>;

export interface ReservationRequest {
  /** Name of the host whose ports are claimed. */
  readonly host: string;
  readonly mappings: readonly PortMapping[];
  /** The field of the definition that they are from. By default `ports`. */
  readonly field?: 'ports' | 'expose';
  /**
   * The container ports that `publishAll` publishes; those with a mapping are left out.
   * Rule: moby's `-P` publishes exposed ports that have no binding.
   */
  readonly publishAll: readonly ContainerPort[];
  /** Reservations of the definition before the change. */
  readonly held: readonly Reservation[];
  /** Returns other definitions' reservations on the host in a range. */
  readonly others: (protocol: Protocol, range: PortRange) => readonly Reservation[];
  /** Returns a definition's name, so that a message can name the holder. */
  readonly nameOf: (uid: string) => string;
  /** Range for mappings that name none of their own. */
  readonly range: PortRange;
  readonly random: () => number;
  /** Host ports that something else on the host holds: not to be picked. */
  readonly avoid: ReadonlySet<number>;
  /** Leaves open what is to be picked, for when all that is named is claimed: of several definitions at once. */
  readonly onlyFixed?: boolean;
}

/**
 * Reservations to keep and to claim, the remaining ones being released; or the conflicts, with pointers into the
 * definition.
 */
type ReservationOutcome =
  | { readonly ok: true; readonly keep: readonly Reservation[]; readonly claim: readonly NewReservation[] }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

/** A port to be published. Its fields are written out where it is made: V8 spreads thousands of them slowly. */
interface Wish extends Pick<PortMapping, 'containerPort' | 'protocol'> {
  readonly hostIp: string | undefined;
  readonly hostPort: number | undefined;
  readonly hostPortRange: string | undefined;
  readonly origin: ReservationOrigin;
  /** Its place among the mappings; null for a port of `publishAll`. */
  readonly index: number | null;
}

/**
 * Every mapping gets its reservation: a fixed one its number, any other one the number it had, or else a picked one. In
 * whatever order mappings come, and whatever becomes of the others, a picked number stays while its mapping does.
 */
export function reserve(request: ReservationRequest): ReservationOutcome {
  const wishes = wishesOf(request);
  const kept = match(wishes, request);
  const keep = [...kept.values()];
  const open = wishes.filter((wish) => !kept.has(wish));
  const own = createClaimIndex<NewReservation>(keep);
  const claim: NewReservation[] = [];
  const refusals: Refusal[] = [];
  const take = (made: NewReservation | Refusal): void => {
    if ('because' in made) {
      refusals.push(made);
      return;
    }
    claim.push(made);
    own.add(made);
  };
  for (const wish of open) if (wish.origin === 'fixed') take(claimFixed(request, wish, own));
  if (request.onlyFixed !== true) {
    const pick = picker(request, own);
    for (const wish of open) if (wish.origin !== 'fixed') take(pick(wish));
  }
  return refusals.length === 0 ? { ok: true, keep, claim } : { ok: false, faults: summarised(refusals, request.field) };
}

/** A wish that can't be had. */
interface Refusal {
  readonly wish: Wish;
  /** Neighbours that are refused for the same reason are one fault. */
  readonly because: string;
  /** @param ports the host ports, `5000/tcp` or `5000-5009/tcp`, or how many ports of the container are meant */
  readonly message: (ports: string) => string;
}

/** A range of ports that is refused is one fault, at its first port: not one for each of its thousands. */
function summarised(refusals: readonly Refusal[], field = 'ports'): readonly FieldFault[] {
  const groups: { readonly first: Refusal; last: Refusal; count: number }[] = [];
  for (const refusal of refusals) {
    const open = groups.at(-1);
    if (open === undefined || !goesOn(open.last, refusal)) groups.push({ first: refusal, last: refusal, count: 1 });
    else {
      open.last = refusal;
      open.count++;
    }
  }
  return groups.map(({ first, last, count }) => ({
    pointer: first.wish.index === null ? '/publishAll' : `/${field}/${first.wish.index}`,
    message: first.message(portsText(first.wish, last.wish, count)),
  }));
}

function goesOn(last: Refusal, next: Refusal): boolean {
  if (last.because !== next.because || last.wish.protocol !== next.wish.protocol) return false;
  return last.wish.hostPort === undefined || next.wish.hostPort === last.wish.hostPort + 1;
}

function portsText(first: Wish, last: Wish, count: number): string {
  if (first.hostPort === undefined) return count === 1 ? portKey(first) : `${portKey(first)} and ${count - 1} more`;
  const ports = count === 1 ? `${first.hostPort}` : `${first.hostPort}-${last.hostPort}`;
  return `${ports}/${first.protocol}`;
}

function wishesOf({ mappings, publishAll }: ReservationRequest): readonly Wish[] {
  const wishes = mappings.map(({ hostIp, hostPort, hostPortRange, containerPort, protocol }, index): Wish => {
    const origin = hostPort === undefined ? 'assigned' : 'fixed';
    return { hostIp, hostPort, hostPortRange, containerPort, protocol, origin, index };
  });
  if (publishAll.length === 0) return wishes;
  const mapped = new Set(mappings.map(portKey));
  const nothing = { hostIp: undefined, hostPort: undefined, hostPortRange: undefined } as const;
  const published = publishAll
    .filter((port) => !mapped.has(portKey(port)))
    .map(
      ({ containerPort, protocol }): Wish => ({
        ...nothing,
        ...{ containerPort, protocol, origin: 'publishAll', index: null },
      }),
    );
  return [...wishes, ...published];
}

/**
 * Matches wishes with reservations so that as many as possible are kept. Reservations don't say which range they came
 * from. So where several wishes publish one container port (a range and no range, two ranges that overlap), one is
 * moved if that lets another keep its own.
 */
function match(wishes: readonly Wish[], { held, range }: ReservationRequest): ReadonlyMap<Wish, Reservation> {
  if (held.length === 0) return new Map();
  const holder = new Map<Reservation, Wish>();
  const places = groupBy(held, placeOf);

  function settle(wish: Wish, tried: Set<Reservation>): boolean {
    for (const reservation of candidates(places.get(placeOf(wish)) ?? [], wish, range)) {
      if (tried.has(reservation)) continue;
      tried.add(reservation);
      const present = holder.get(reservation);
      if (present !== undefined && !settle(present, tried)) continue;
      holder.set(reservation, wish);
      return true;
    }
    return false;
  }

  for (const wish of wishes) settle(wish, new Set());
  return new Map([...holder].map(([reservation, wish]): [Wish, Reservation] => [wish, reservation]));
}

interface Place extends Pick<Reservation, 'origin' | 'containerPort' | 'protocol'> {
  readonly hostIp?: string | undefined;
}

const placeOf = ({ origin, hostIp = '*', containerPort, protocol }: Place): string =>
  `${origin} ${hostIp} ${containerPort}/${protocol}`;

/** The reservations of its place that a wish may keep, the likeliest first. */
function candidates(place: readonly Reservation[], wish: Wish, range: PortRange): readonly Reservation[] {
  if (wish.origin === 'fixed') return place.filter(({ hostPort }) => hostPort === wish.hostPort);
  if (wish.hostPortRange !== undefined) return place.filter(within(rangeOf(wish, range)));
  const isUsual = within(range);
  return [...place.filter(isUsual), ...place.filter((reservation) => !isUsual(reservation))];
}

const within =
  ({ from, to }: PortRange) =>
  ({ hostPort }: Reservation): boolean =>
    hostPort >= from && hostPort <= to;

function rangeOf(wish: Wish, fallback: PortRange): PortRange {
  const range = wish.hostPortRange === undefined ? undefined : parsePortRange(wish.hostPortRange);
  return range?.ok ? range.value : fallback;
}

function claimFixed(
  { host, others, nameOf }: ReservationRequest,
  wish: Wish,
  own: ClaimIndex<NewReservation>,
): NewReservation | Refusal {
  const { hostIp, hostPort = 0, protocol } = wish;
  const wanted = { hostIp, hostPort, protocol };
  const mine = own.colliding(wanted);
  if (mine !== undefined) {
    const port = portKey(mine);
    const message = (ports: string): string =>
      `this definition already uses ${ports} for ${port}: choose another host port for one of them`;
    return { wish, because: port, message };
  }
  const holder = others(protocol, { from: hostPort, to: hostPort }).find((other) => collide(wanted, other));
  if (holder === undefined) return reservationOf(host, wish, hostPort);
  const name = nameOf(holder.uid);
  const where = holder.hostIp ?? 'all addresses';
  const message = (ports: string): string =>
    `${ports} is claimed by ${name} on ${where}: choose another host port, or change ${name}`;
  return { wish, because: `${holder.uid} ${where}`, message };
}

/** Picks ports, each the first from a random point of its range that is free. Steps over what is taken only once. */
function picker(
  request: ReservationRequest,
  own: ClaimIndex<NewReservation>,
): (wish: Wish) => NewReservation | Refusal {
  const { others, avoid, random } = request;
  const searches = new Map<string, (from: number, to: number) => number | undefined>();

  function searchFor({ protocol, hostIp }: Wish): (from: number, to: number) => number | undefined {
    const key = `${protocol} ${hostIp ?? '*'}`;
    const known = searches.get(key);
    if (known !== undefined) return known;
    const isTaken = (hostPort: number): boolean => {
      const wanted = { hostIp, hostPort, protocol };
      if (avoid.has(hostPort) || own.colliding(wanted) !== undefined) return true;
      return others(protocol, { from: hostPort, to: hostPort }).some((other) => collide(wanted, other));
    };
    const search = firstFree(isTaken);
    searches.set(key, search);
    return search;
  }

  return (wish) => {
    const range = rangeOf(wish, request.range);
    // Docker takes the lowest free port of a range that a client names.
    const offset = wish.hostPortRange === undefined ? Math.floor(random() * (range.to - range.from + 1)) : 0;
    const start = range.from + offset;
    const search = searchFor(wish);
    const hostPort = search(start, range.to) ?? search(range.from, start - 1);
    if (hostPort !== undefined) return reservationOf(request.host, wish, hostPort);
    const where = `${range.from} to ${range.to}`;
    const message = (ports: string): string =>
      `no host port from ${where} is free for ${ports}: free one, or widen the range`;
    return { wish, because: `none ${where} ${wish.hostIp ?? '*'}`, message };
  };
}

function reservationOf(
  host: string,
  { hostIp, containerPort, protocol, origin }: Wish,
  hostPort: number,
): NewReservation {
  const claim = { hostPort, containerPort, protocol, origin, confirmed: false };
  return hostIp === undefined ? { host, ...claim } : { host, hostIp, ...claim };
}
