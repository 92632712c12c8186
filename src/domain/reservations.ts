/** Which host ports a definition holds: what it keeps, lets go and newly claims when its mappings change. */

import type { ContainerPort, PortMapping, Reservation, ReservationOrigin } from './definition.js';
import { collide, type PortClaim, pickHostPort } from './port-claims.js';
import { type PortRange, parsePortRange, portKey } from './ports.js';
import type { FieldFault } from './result.js';

/** A host port that is to be claimed, before it belongs to anyone. */
export type NewReservation = Omit<Reservation, 'uid'>;

export interface ReservationRequest {
  readonly mappings: readonly PortMapping[];
  /** The container ports that `publishAll` publishes; those with a mapping are left out, as Docker does. */
  readonly publishAll: readonly ContainerPort[];
  /** What the definition holds now. */
  readonly held: readonly Reservation[];
  /** The claims of others on this protocol and number, or, without a number, on this protocol. */
  readonly others: (
    protocol: PortClaim['protocol'],
    hostPort?: number,
  ) => readonly (PortClaim & { readonly holder: string })[];
  /** Where ports are picked from that name no range of their own. */
  readonly range: PortRange;
  readonly random: () => number;
  /** Host ports that something else on the host holds. */
  readonly avoid: ReadonlySet<number>;
}

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
  const keep: Reservation[] = [];
  const claim: NewReservation[] = [];
  const faults: FieldFault[] = [];
  const free = new Set(request.held);
  const wishes = wishesOf(request);
  const open: Wish[] = [];
  for (const wish of wishes) {
    const kept = [...free].find((reservation) => serves(reservation, wish));
    if (kept === undefined) {
      open.push(wish);
      continue;
    }
    free.delete(kept);
    keep.push(kept);
  }
  const fixedFirst = [...open].sort((a, b) => Number(b.origin === 'fixed') - Number(a.origin === 'fixed'));
  for (const wish of fixedFirst) {
    const taken = [...keep, ...claim];
    const made = wish.origin === 'fixed' ? claimFixed(request, wish) : claimPicked(request, wish, taken);
    if ('message' in made) faults.push(made);
    else claim.push(made);
  }
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

const rangeOf = (wish: Wish, fallback: PortRange): PortRange => {
  const range = wish.hostPortRange === undefined ? undefined : parsePortRange(wish.hostPortRange);
  return range?.ok ? range.value : fallback;
};

/** Whether a reservation that is held is the one that a wish had. */
function serves(reservation: Reservation, wish: Wish): boolean {
  if (reservation.origin !== wish.origin || portKey(reservation) !== portKey(wish)) return false;
  if (reservation.hostIp !== wish.hostIp) return false;
  if (wish.origin === 'fixed') return reservation.hostPort === wish.hostPort;
  if (wish.hostPortRange === undefined) return true;
  const { from, to } = rangeOf(wish, { from: 0, to: 0 });
  return reservation.hostPort >= from && reservation.hostPort <= to;
}

function claimFixed({ others }: ReservationRequest, wish: Wish): NewReservation | FieldFault {
  const hostPort = wish.hostPort ?? 0;
  const wanted = { hostIp: wish.hostIp, hostPort, protocol: wish.protocol };
  const holder = others(wish.protocol, hostPort).find((other) => collide(wanted, other));
  if (holder === undefined) return reservationOf(wish, hostPort);
  const where = holder.hostIp === undefined ? 'every address' : holder.hostIp;
  const message = `${hostPort}/${wish.protocol} is claimed by ${holder.holder} on ${where}: choose another host port, or change ${holder.holder}`;
  return { pointer: wish.pointer, message };
}

function claimPicked(
  request: ReservationRequest,
  wish: Wish,
  taken: readonly NewReservation[],
): NewReservation | FieldFault {
  const { protocol, hostIp } = wish;
  const range = rangeOf(wish, request.range);
  const fixed = request.mappings.flatMap((m) => (m.hostPort === undefined ? [] : { ...m, hostPort: m.hostPort }));
  const claims: readonly PortClaim[] = [...request.others(protocol), ...taken, ...fixed];
  const hostPort = pickHostPort({ claims, protocol, hostIp, range, avoid: request.avoid, random: request.random() });
  if (hostPort !== undefined) return reservationOf(wish, hostPort);
  const message = `no host port from ${range.from} to ${range.to} is free for ${portKey(wish)}: free one, or widen the range`;
  return { pointer: wish.pointer, message };
}

const reservationOf = ({ hostIp, containerPort, protocol, origin }: Wish, hostPort: number): NewReservation => ({
  ...(hostIp !== undefined && { hostIp }),
  hostPort,
  containerPort,
  protocol,
  origin,
  confirmed: false,
});
