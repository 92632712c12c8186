import { setImmediate } from 'node:timers/promises';
import type { Token } from '../../domain/access/tokens.js';
import type { Definition, Reservation, Spec } from '../../domain/definition/definition.js';
import type { EventRecord } from '../../domain/event.js';
import type { ImageResolution } from '../../domain/images/image-resolution.js';
import type { Run } from '../../domain/jobs/run.js';
import type { Address } from '../../domain/networks/addresses.js';
import type { Network } from '../../domain/networks/network.js';
import { readHold } from '../../domain/restore-hold.js';
import { NOTHING_RESTORED, readRestored } from '../../domain/restored.js';
import { placeOf, readPlace, type SealedValue } from '../../domain/secrets/sealed-value.js';
import { type Delivery, deliveryKey, MOST_DELIVERIES } from '../../domain/webhooks/delivery.js';
import type { Prisma } from '../../generated/prisma/client.js';
import { failPoint } from '../../observability/fail-point.js';
import { slices } from '../../observability/slices.js';
import { restoreRows } from '../backup/restore-rows.js';
import { EVENTS_IN_MEMORY } from '../state/event-log.js';
import { HOLD, LINKS_MOVED, RESTORED, readCursors, WEBHOOK_CURSORS } from '../state/settings.js';
import type { Storage, Stored, StoredResponse, Write } from '../storage.js';
import type { Database } from './database.js';
import { isLocked, toProblem } from './storage-errors.js';
import { dateText } from './values.js';

/** The storage that is a database file. */
export function prismaStorage({ client, close }: Database): Storage {
  return {
    async read(): Promise<Stored> {
      const rows = await client.definition.findMany({ orderBy: { seq: 'asc' } });
      const claims = await client.reservation.findMany({ orderBy: { id: 'asc' } });
      const networks = await client.network.findMany({ orderBy: { name: 'asc' } });
      const addresses = await client.address.findMany();
      const events = await client.event.findMany({ orderBy: { id: 'desc' }, take: EVENTS_IN_MEMORY });
      const { _min } = await client.event.aggregate({ _min: { id: true } });
      const restored = await client.event.aggregate({ where: { type: 'Restored' }, _max: { id: true } });
      const removed = await client.event.findMany({
        where: { type: { in: ['Removed', 'Discarded'] }, id: { gt: restored._max.id ?? 0 } },
        select: { uid: true },
      });
      const tokens = await client.token.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      const sealed = await client.sealedValue.findMany({ orderBy: { place: 'asc' } });
      const runs = await client.run.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      const hold = await client.setting.findUnique({ where: { key: HOLD } });
      const restoredBefore = await client.setting.findUnique({ where: { key: RESTORED } });
      const linksMoved = await client.setting.findUnique({ where: { key: LINKS_MOVED } });
      const cursors = await client.setting.findUnique({ where: { key: WEBHOOK_CURSORS } });
      return {
        definitions: rows.map(toDefinition),
        reservations: claims.map(toReservation),
        networks: networks.map(toNetwork),
        addresses: addresses.map((row) => ({ ...row, origin: row.origin as Address['origin'] })),
        events: events.reverse().map(toEvent),
        last: await lastGiven(client),
        oldestEvent: _min.id ?? 0,
        removed: removed.map(({ uid }) => uid),
        hold: hold === null ? null : readHold(hold.value),
        restored: restoredBefore === null ? NOTHING_RESTORED : readRestored(restoredBefore.value),
        linksMoved: linksMoved !== null,
        tokens: tokens.map((row) => ({ ...row, role: row.role as Token['role'] })),
        webhookCursors: cursors === null ? new Map() : readCursors(cursors.value),
        sealed: sealed.map(({ place, ...row }) => ({ ...readPlace(place), ...row })),
        runs: runs.map((row) => row as Run),
      };
    },
    async readEvents(after, take) {
      const rows = await client.event.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take });
      return rows.map(toEvent);
    },
    response: (key) => responseIn(client, key),
    async deliveries(webhook, after, take) {
      const where = { webhook, eventId: { gt: after } };
      return (await client.webhookDelivery.findMany({ where, orderBy: { eventId: 'asc' }, take })).map(toDelivery);
    },
    gather: () => setImmediate(),
    commit: (changes) =>
      client.$transaction(async (tx) => {
        await write(tx, changes);
        failPoint('before-commit');
      }),
    restore: ({ file }, changes) =>
      restoreRows(client, file, async (tx) => {
        await write(tx, changes);
        failPoint('before-restore');
      }),
    putHere: async () => null,
    setting: async (key) => (await client.setting.findUnique({ where: { key } }))?.value ?? null,
    async setSetting(key, value) {
      await client.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
    async check() {
      await client.setting.count();
    },
    isBusy: isLocked,
    toProblem,
    close,
  };
}

async function responseIn(client: Prisma.TransactionClient, key: string): Promise<StoredResponse | null> {
  const row = await client.response.findUnique({ where: { key } });
  return row === null ? null : toResponse(row);
}

/** A kept answer as it was given. @throws SyntaxError where its headers are no JSON */
export const toResponse = (row: Prisma.ResponseGetPayload<object>): StoredResponse => ({
  ...row,
  headers: JSON.parse(row.headers) as StoredResponse['headers'],
});

/**
 * Reads the last numbers given out from SQLite's own record, which includes those of deleted rows.
 *
 * @throws Error with a sentence for a person when one is no number
 */
async function lastGiven(client: Prisma.TransactionClient): Promise<Stored['last']> {
  const [row] = await client.$queryRaw<{ seq: unknown; event: unknown; claim: unknown }[]>`
    SELECT max(ifnull((SELECT max(seq) FROM "Definition"), 0),
               ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'Definition'), 0)) AS seq,
           max(ifnull((SELECT max(id) FROM "Event"), 0),
               ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'Event'), 0)) AS event,
           max(ifnull((SELECT max(id) FROM "Reservation"), 0),
               ifnull((SELECT seq FROM sqlite_sequence WHERE name = 'Reservation'), 0)) AS claim`;
  const last = { seq: Number(row?.seq), event: Number(row?.event) };
  for (const number of [last.seq, last.event, Number(row?.claim)]) {
    if (Number.isInteger(number) && number >= 0 && number <= GREATEST) continue;
    throw new Error(`the sequences of the database are damaged (${number}): restore a backup`);
  }
  return last;
}

/** The greatest number that a table may have given out: a number is a 32-bit integer to Prisma, and more are to come. */
export const GREATEST = 2_000_000_000;

async function write(client: Prisma.TransactionClient, changes: Write): Promise<void> {
  const {
    definitions,
    reservations,
    networks,
    addresses,
    events,
    surplus,
    responses,
    responsesFrom,
    settings,
    sealed,
    deliveries,
    runs,
    tokens,
  } = changes;
  await remove(client, 'Definition', 'uid', goneFrom(definitions));
  await upsert(
    client,
    'Definition',
    [...definitions.values()].flatMap((one) => (one === null ? [] : [fromDefinition(one)])),
  );
  await remove(client, 'Reservation', 'uid', [...reservations.keys()]);
  await insert(client, 'Reservation', [...reservations.values()].flat().map(fromReservation));
  await remove(client, 'Network', 'name', [...networks.keys()]);
  await insert(
    client,
    'Network',
    [...networks.values()].flatMap((one) => (one === null ? [] : [fromNetwork(one)])),
  );
  await remove(client, 'Address', 'uid', [...addresses.keys()]);
  await insert(client, 'Address', [...addresses.values()].flat().map(fromAddress));
  await insert(client, 'Event', events.map(fromEvent));
  if (surplus !== null) await client.event.deleteMany({ where: { id: { lte: surplus } } });
  if (responses.size > 0) await client.response.deleteMany({ where: { at: { lt: responsesFrom } } });
  await upsert(client, 'Response', [...responses.values()].map(fromResponse));
  await remove(client, 'Setting', 'key', goneFrom(settings));
  await upsert(
    client,
    'Setting',
    [...settings].flatMap(([key, value]) => (value === null ? [] : [{ key, value }])),
  );
  await remove(client, 'SealedValue', 'place', goneFrom(sealed));
  await upsert(
    client,
    'SealedValue',
    [...sealed.values()].flatMap((one) => (one === null ? [] : [fromSealed(one)])),
  );
  await remove(client, 'WebhookDelivery', 'key', goneFrom(deliveries));
  const kept = [...deliveries.values()].flatMap((one) => one ?? []);
  await upsert(client, 'WebhookDelivery', kept.map(fromDelivery));
  for (const webhook of new Set(kept.map((one) => one.webhook))) await removeSurplus(client, webhook);
  await remove(client, 'Run', 'id', goneFrom(runs));
  await upsert(
    client,
    'Run',
    [...runs.values()].flatMap((one) => (one === null ? [] : [fromRun(one)])),
  );
  if (tokens === undefined) return;
  await client.token.deleteMany();
  await insert(client, 'Token', tokens.map(fromToken));
}

const goneFrom = (changes: ReadonlyMap<string, unknown>): readonly string[] =>
  [...changes].flatMap(([key, value]) => (value === null ? [key] : []));

/** Key column by which a row replaces a stored one. */
const KEYS = {
  Definition: 'uid',
  Response: 'key',
  Setting: 'key',
  SealedValue: 'place',
  WebhookDelivery: 'key',
  Run: 'id',
} as const;

type Row = Readonly<Record<string, string | number | boolean | null>>;

/** Rows that one statement writes at most: thousands in one would block the event loop. */
const ROWS_AT_ONCE = 250;

/**
 * Writes rows, many in one statement. Prisma's own `createMany` is compiled again for each number of them, which takes
 * longer than the writing.
 *
 * @param conflict what is to be done about those that are there already; by default they are a failure
 */
async function insert(
  client: Prisma.TransactionClient,
  table: string,
  rows: readonly Row[],
  conflict = '',
): Promise<void> {
  const [first] = rows;
  if (first === undefined) return;
  const columns = Object.keys(first);
  const list = columns.map((column) => `"${column}"`).join(', ');
  const values = columns.map((column) => `row.value ->> '${column}'`).join(', ');
  const statement = `INSERT INTO "${table}" (${list}) SELECT ${values} FROM json_each(?) AS row WHERE true ${conflict}`;
  const breathe = slices();
  for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
    if (from > 0) await breathe();
    await client.$executeRawUnsafe(statement, JSON.stringify(rows.slice(from, from + ROWS_AT_ONCE)));
  }
}

/** Writes rows, each in the place of one with the same key. */
async function upsert(client: Prisma.TransactionClient, table: keyof typeof KEYS, rows: readonly Row[]): Promise<void> {
  const changed = Object.keys(rows[0] ?? {}).map((column) => `"${column}" = excluded."${column}"`);
  await insert(client, table, rows, `ON CONFLICT ("${KEYS[table]}") DO UPDATE SET ${changed.join(', ')}`);
}

async function remove(
  client: Prisma.TransactionClient,
  table: string,
  column: string,
  values: readonly string[],
): Promise<void> {
  if (values.length === 0) return;
  const list = JSON.stringify(values);
  await client.$executeRawUnsafe(`DELETE FROM "${table}" WHERE "${column}" IN (SELECT value FROM json_each(?))`, list);
}

type DefinitionRow = Prisma.DefinitionGetPayload<object>;
type ReservationRow = Prisma.ReservationGetPayload<object>;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const fromDefinition = (definition: Definition): Row => {
  const { spec, adopted, failedReplacement, resolution, createdAt, updatedAt, deletionRequestedAt, ...row } =
    definition;
  return {
    ...row,
    createdAt: dateText(createdAt),
    updatedAt: dateText(updatedAt),
    deletionRequestedAt: deletionRequestedAt && dateText(deletionRequestedAt),
    spec: JSON.stringify(spec),
    adopted: json(adopted),
    failedReplacement: json(failedReplacement),
    resolution: json(resolution ?? null),
  };
};

function toDefinition({ resolution, ...row }: DefinitionRow): Definition {
  try {
    return {
      ...row,
      spec: JSON.parse(row.spec) as Spec,
      adopted: JSON.parse(row.adopted ?? 'null') as Definition['adopted'],
      failedReplacement: JSON.parse(row.failedReplacement ?? 'null') as Definition['failedReplacement'],
      ...(resolution !== null && { resolution: JSON.parse(resolution) as ImageResolution }),
    };
  } catch (cause) {
    throw new Error(`the definition ${row.name} in the database is damaged: restore a backup`, { cause });
  }
}

function toReservation({ id: _, hostIp, ...claim }: ReservationRow): Reservation {
  return { ...claim, ...(hostIp !== null && { hostIp }) } as Reservation;
}

const fromReservation = ({ hostIp, ...claim }: Reservation): Row => ({ ...claim, hostIp: hostIp ?? null });

const fromAddress = ({ host, network, address, uid, origin }: Address): Row => ({
  host,
  network,
  address,
  uid,
  origin,
});

const fromNetwork = ({
  spec,
  subnets,
  isDeclared,
  createdAt,
  updatedAt,
  deletionRequestedAt,
  ...row
}: Network): Row => ({
  ...row,
  declared: isDeclared,
  spec: JSON.stringify(spec),
  subnets: JSON.stringify(subnets),
  createdAt: dateText(createdAt),
  updatedAt: dateText(updatedAt),
  deletionRequestedAt: deletionRequestedAt && dateText(deletionRequestedAt),
});

function toNetwork({ declared, ...row }: Prisma.NetworkGetPayload<object>): Network {
  try {
    return {
      ...row,
      isDeclared: declared,
      spec: JSON.parse(row.spec) as Network['spec'],
      subnets: JSON.parse(row.subnets) as Network['subnets'],
    };
  } catch (cause) {
    throw new Error(`the network ${row.name} in the database is damaged: restore a backup`, { cause });
  }
}

const fromResponse = ({ headers, at, ...response }: StoredResponse): Row => ({
  ...response,
  headers: JSON.stringify(headers),
  at: dateText(at),
});

const fromSealed = ({ kind, name, createdAt, updatedAt, ...value }: SealedValue): Row => ({
  ...value,
  place: placeOf({ kind, name }),
  createdAt: dateText(createdAt),
  updatedAt: dateText(updatedAt),
});

const fromDelivery = ({ event, failedAt, ...delivery }: Delivery): Row => ({
  ...delivery,
  key: deliveryKey(delivery),
  event: JSON.stringify(event),
  failedAt: dateText(failedAt),
});

function toDelivery({ key: _, event, ...row }: Prisma.WebhookDeliveryGetPayload<object>): Delivery {
  const { at, ...rest } = JSON.parse(event) as EventRecord & { readonly at: string };
  return { ...row, event: { ...rest, at: new Date(at) }, state: row.state as Delivery['state'] };
}

/** Removes the oldest deliveries of a webhook that are too many. */
async function removeSurplus(client: Prisma.TransactionClient, webhook: string): Promise<void> {
  const newest = {
    where: { webhook },
    orderBy: { eventId: 'desc' as const },
    skip: MOST_DELIVERIES,
    select: { eventId: true },
  };
  const first = await client.webhookDelivery.findFirst(newest);
  if (first !== null) await client.webhookDelivery.deleteMany({ where: { webhook, eventId: { lte: first.eventId } } });
}

const dateOrNull = (date: Date | null): string | null => (date === null ? null : dateText(date));

const fromRun = ({ dueAt, createdAt, notBefore, startedAt, finishedAt, ...run }: Run): Row => ({
  ...run,
  dueAt: dateText(dueAt),
  createdAt: dateText(createdAt),
  notBefore: dateOrNull(notBefore),
  startedAt: dateOrNull(startedAt),
  finishedAt: dateOrNull(finishedAt),
});

const fromToken = ({ createdAt, expiresAt, ...token }: Token): Row => ({
  ...token,
  createdAt: dateText(createdAt),
  expiresAt: expiresAt && dateText(expiresAt),
});

const fromEvent = ({ before, after, at, ...event }: EventRecord): Row => ({
  ...event,
  at: dateText(at),
  before: json(before),
  after: json(after),
});

function toEvent({ before, after, ...row }: Prisma.EventGetPayload<object>): EventRecord {
  return {
    ...row,
    type: row.type as EventRecord['type'],
    by: row.by as EventRecord['by'],
    before: JSON.parse(before ?? 'null') as EventRecord['before'],
    after: JSON.parse(after ?? 'null') as EventRecord['after'],
  };
}
