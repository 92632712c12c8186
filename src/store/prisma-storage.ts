import type { Token } from '../domain/access.js';
import type { Definition, Reservation, Spec } from '../domain/definition.js';
import type { EventRecord, NewEvent } from '../domain/event.js';
import { readHold } from '../domain/hold.js';
import type { Prisma } from '../generated/prisma/client.js';
import type { Database } from './database.js';
import { EVENTS_IN_MEMORY } from './event-log.js';
import { replaceBy } from './replace-by.js';
import { HOLD } from './settings.js';
import type { Storage, Stored, StoredResponse, Tables } from './storage.js';
import { isLocked, toProblem } from './storage-problem.js';

/** Rows in one statement: Prisma compiles it without letting anything else run, 50 ms for 200. */
const ROWS_AT_ONCE = 200;

/** The storage that is a database file. */
export function prismaStorage({ client, close }: Database): Storage {
  return {
    async read(): Promise<Stored> {
      const rows = await client.definition.findMany({ orderBy: { seq: 'asc' } });
      const claims = await client.reservation.findMany({ orderBy: { id: 'asc' } });
      const events = await client.event.findMany({ orderBy: { id: 'desc' }, take: EVENTS_IN_MEMORY });
      const { _min } = await client.event.aggregate({ _min: { id: true } });
      const restored = await client.event.aggregate({ where: { type: 'Restored' }, _max: { id: true } });
      const removed = await client.event.findMany({
        where: { type: { in: ['Removed', 'Discarded'] }, id: { gt: restored._max.id ?? 0 } },
        select: { uid: true },
      });
      const tokens = await client.token.findMany({ orderBy: [{ createdAt: 'asc' }, { id: 'asc' }] });
      const hold = await client.setting.findUnique({ where: { key: HOLD } });
      return {
        definitions: rows.map(toDefinition),
        reservations: claims.map(toReservation),
        events: events.reverse().map(toEvent),
        oldestEvent: _min.id ?? 0,
        removed: removed.map(({ uid }) => uid),
        hold: hold === null ? null : readHold(hold.value),
        tokens: tokens.map((row) => ({ ...row, role: row.role as Token['role'] })),
      };
    },
    async readEvents(after, take) {
      const rows = await client.event.findMany({ where: { id: { gt: after } }, orderBy: { id: 'asc' }, take });
      return rows.map(toEvent);
    },
    response: (key) => responseIn(client, key),
    transaction: (work) => client.$transaction((tx) => work(tables(tx))),
    restore: ({ file }, work) => replaceBy(client, file, (tx) => work(tables(tx))),
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
  return row === null ? null : { ...row, headers: JSON.parse(row.headers) as StoredResponse['headers'] };
}

function tables(client: Prisma.TransactionClient): Tables {
  return {
    addDefinition: async (definition) => (await client.definition.create({ data: fromDefinition(definition) })).seq,
    async setDefinition({ seq: _, ...definition }) {
      await client.definition.update({ where: { uid: definition.uid }, data: fromDefinition(definition) });
    },
    async setGenerations(generations) {
      const rows = JSON.stringify([...generations].map(([uid, generation]) => ({ uid, generation })));
      await client.$executeRaw`
        UPDATE "Definition" SET generation = row.value ->> 'generation'
        FROM json_each(${rows}) AS row WHERE row.value ->> 'uid' = "Definition".uid`;
    },
    async dropDefinition(uid) {
      await client.definition.delete({ where: { uid } });
    },
    async setReservations(uid, reservations) {
      await client.reservation.deleteMany({ where: { uid } });
      const rows = reservations.map((claim) => ({ ...claim, hostIp: claim.hostIp ?? null }));
      for (let from = 0; from < rows.length; from += ROWS_AT_ONCE) {
        await client.reservation.createMany({ data: rows.slice(from, from + ROWS_AT_ONCE) });
      }
    },
    async addEvents(events) {
      const ids: number[] = [];
      for (let from = 0; from < events.length; from += ROWS_AT_ONCE) {
        const data = events.slice(from, from + ROWS_AT_ONCE).map(fromEvent);
        const rows = await client.event.createManyAndReturn({ data, select: { id: true } });
        ids.push(...rows.map(({ id }) => id));
      }
      return ids.sort((a, b) => a - b);
    },
    async dropEvents(upTo) {
      await client.event.deleteMany({ where: { id: { lte: upTo } } });
    },
    response: (key) => responseIn(client, key),
    async setResponse({ headers, ...response }) {
      const row = { ...response, headers: JSON.stringify(headers) };
      await client.response.upsert({ where: { key: row.key }, create: row, update: row });
    },
    async addToken(token) {
      await client.token.create({ data: token });
    },
    async dropToken(id) {
      await client.token.delete({ where: { id } });
    },
    async setSetting(key, value) {
      if (value === null) await client.setting.deleteMany({ where: { key } });
      else await client.setting.upsert({ where: { key }, create: { key, value }, update: { value } });
    },
    async dropResponses(before) {
      await client.response.deleteMany({ where: { at: { lt: before } } });
    },
  };
}

type DefinitionRow = Prisma.DefinitionGetPayload<object>;
type ReservationRow = Prisma.ReservationGetPayload<object>;

const json = (value: unknown): string | null => (value === null ? null : JSON.stringify(value));

const fromDefinition = ({ spec, adopted, failedReplacement, ...row }: Omit<Definition, 'seq'>) => ({
  ...row,
  spec: JSON.stringify(spec),
  adopted: json(adopted),
  failedReplacement: json(failedReplacement),
});

function toDefinition(row: DefinitionRow): Definition {
  try {
    return {
      ...row,
      spec: JSON.parse(row.spec) as Spec,
      adopted: JSON.parse(row.adopted ?? 'null') as Definition['adopted'],
      failedReplacement: JSON.parse(row.failedReplacement ?? 'null') as Definition['failedReplacement'],
    };
  } catch (cause) {
    throw new Error(`the definition ${row.name} in the database is damaged: restore a backup of it`, { cause });
  }
}

function toReservation({ id: _, hostIp, ...claim }: ReservationRow): Reservation {
  return { ...claim, ...(hostIp !== null && { hostIp }) } as Reservation;
}

const fromEvent = ({ before, after, ...event }: NewEvent & { readonly at: Date }) => ({
  ...event,
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
