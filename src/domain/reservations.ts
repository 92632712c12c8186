/** Which host ports a definition holds: what it keeps, lets go and newly claims when its mappings change. */

import type { ContainerPort, PortMapping, Protocol, Reservation, ReservationOrigin } from './definition.js';
import { collide, pickHostPort } from './port-claims.js';
import { type PortRange, parsePortRange, portKey } from './ports.js';
import type { FieldFault } from './result.js';

/** A host port that is to be claimed, before it belongs to anyone. */
export type NewReservation = Omit<Reservation, 'uid'>;

export interface ReservationRequest {
  readonly mappings: readonly PortMapping[];
  /**
   * The container ports that `publishAll` publishes; those with a mapping are left out.
   * Rule: moby's `-P` publishes exposed ports that have no binding.
   */
  readonly publishAll: readonly ContainerPort[];
  /** What the definition holds now. */
  readonly held: readonly Reservation[];
  /** What other definitions hold of these numbers. */
  readonly others: (protocol: Protocol, range: PortRange) => readonly Reservation[];
  /** The name of a definition, for whoever has to find the holder. */
  readonly nameOf: (uid: string) => string;
  /** Where ports are picked from that name no range of their own. */
  readonly range: PortRange;
  readonly random: () => number;
  /** Host ports that something else on the host holds: not to be picked. */
  readonly avoid: ReadonlySet<number>;
  /** Leaves open what is to be picked, for when all that is named is claimed: of several definitions at once. */
  readonly onlyFixed?: boolean;
}

/** What is held and not kept is released. Or what stands in the way, with pointers into the definition. */
export type ReservationOutcome =
  | { readonly ok: true; readonly keep: readonly Reservation[]; readonly claim: readonly NewReservation[] }
  | { readonly ok: false; readonly faults: readonly FieldFault[] };

interface Wish extends PortMapping {
  readonly origin: ReservationOrigin;
  readonly pointer: string;
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
  const own = ownClaims(keep);
  const claim: NewReservation[] = [];
  const faults: FieldFault[] = [];
  const take = (made: NewReservation | FieldFault): void => {
    if ('message' in made) {
      faults.push(made);
      return;
    }
    claim.push(made);
    own.add(made);
  };
  for (const wish of open) if (wish.origin === 'fixed') take(claimFixed(request, wish, own));
  if (request.onlyFixed) return faults.length === 0 ? { ok: true, keep, claim } : { ok: false, faults };
  for (const wish of open) if (wish.origin !== 'fixed') take(claimPicked(request, wish, own));
  return faults.length === 0 ? { ok: true, keep, claim } : { ok: false, faults };
}

function wishesOf({ mappings, publishAll }: ReservationRequest): readonly Wish[] {
  const mapped = new Set(mappings.map(portKey));
  return [
    ...mappings.map((mapping, index): Wish => {
      const origin = mapping.hostPort === undefined ? 'assigned' : 'fixed';
      return { ...mapping, origin, pointer: `/ports/${index}` };
    }),
    ...publishAll
      .filter((port) => !mapped.has(portKey(port)))
      .map((port): Wish => ({ ...port, origin: 'publishAll', pointer: '/publishAll' })),
  ];
}

/** The definition's own claims, to be asked by number. */
interface OwnClaims {
  at(protocol: Protocol, hostPort: number): readonly NewReservation[];
  within(protocol: Protocol, range: PortRange): readonly NewReservation[];
  add(claim: NewReservation): void;
}

function ownClaims(first: readonly NewReservation[]): OwnClaims {
  const all: NewReservation[] = [];
  const byNumber = new Map<string, NewReservation[]>();
  const add = (claim: NewReservation): void => {
    const key = `${claim.hostPort}/${claim.protocol}`;
    const there = byNumber.get(key);
    if (there === undefined) byNumber.set(key, [claim]);
    else there.push(claim);
    all.push(claim);
  };
  first.forEach(add);
  return {
    at: (protocol, hostPort) => byNumber.get(`${hostPort}/${protocol}`) ?? [],
    within: (protocol, { from, to }) =>
      all.filter((claim) => claim.protocol === protocol && claim.hostPort >= from && claim.hostPort <= to),
    add,
  };
}

/**
 * Which wish keeps which reservation: as many as can be. Reservations don't say which range they came from, so where
 * several wishes publish one container port (a range and no range, two ranges that overlap) one is moved over when that
 * lets another keep its own.
 */
function match(wishes: readonly Wish[], { held, range }: ReservationRequest): ReadonlyMap<Wish, Reservation> {
  const places = new Map<string, Reservation[]>();
  for (const reservation of held) {
    const place = placeOf(reservation);
    const there = places.get(place);
    if (there === undefined) places.set(place, [reservation]);
    else there.push(reservation);
  }
  const holder = new Map<Reservation, Wish>();

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

const placeOf = (one: Pick<Wish, 'origin' | 'hostIp' | 'containerPort' | 'protocol'>): string =>
  [one.origin, one.hostIp ?? '*', portKey(one)].join(' ');

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

function claimFixed({ others, nameOf }: ReservationRequest, wish: Wish, own: OwnClaims): NewReservation | FieldFault {
  const { hostIp, hostPort = 0, protocol, pointer } = wish;
  const wanted = { hostIp, hostPort, protocol };
  const mine = own.at(protocol, hostPort).find((claim) => collide(wanted, claim));
  if (mine !== undefined) {
    const message = `${hostPort}/${protocol} is what this definition has for ${portKey(mine)}: choose another host port, or give ${portKey(mine)} one`;
    return { pointer, message };
  }
  const holder = others(protocol, { from: hostPort, to: hostPort }).find((other) => collide(wanted, other));
  if (holder === undefined) return reservationOf(wish, hostPort);
  const name = nameOf(holder.uid);
  const message = `${hostPort}/${protocol} is claimed by ${name} on ${holder.hostIp ?? 'every address'}: choose another host port, or change ${name}`;
  return { pointer, message };
}

function claimPicked(request: ReservationRequest, wish: Wish, own: OwnClaims): NewReservation | FieldFault {
  const { protocol, hostIp, pointer } = wish;
  const range = rangeOf(wish, request.range);
  const claims = [...request.others(protocol, range), ...own.within(protocol, range)];
  // Docker takes the lowest free port of a range that a client names.
  const random = wish.hostPortRange === undefined ? request.random() : 0;
  const hostPort = pickHostPort({ claims, protocol, hostIp, range, avoid: request.avoid, random });
  if (hostPort !== undefined) return reservationOf(wish, hostPort);
  const message = `no host port from ${range.from} to ${range.to} is free for ${portKey(wish)}: free one, or widen the range`;
  return { pointer, message };
}

const reservationOf = ({ hostIp, containerPort, protocol, origin }: Wish, hostPort: number): NewReservation => ({
  ...(hostIp !== undefined && { hostIp }),
  hostPort,
  containerPort,
  protocol,
  origin,
  confirmed: false,
});
