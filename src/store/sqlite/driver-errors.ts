import { DriverAdapterError, type Error as DriverError } from '@prisma/driver-adapter-utils';

/** The beginning of the text of a failure, before the table's name. */
export const EXHAUSTED = 'the sequence of the table is exhausted';

/**
 * SQLite's failures in Prisma's words. `.all()` of @photostructure/sqlite 1.2 loses `errcode`, so SQLite's fixed texts are
 * the key. What is no failure of SQLite's is handed on as it is.
 */
export function toDriverError(thrown: unknown): unknown {
  if (!(thrown instanceof Error) || (thrown as { code?: string }).code !== 'ERR_SQLITE_ERROR') return thrown;
  const { message } = thrown;
  const code = (thrown as { errcode?: number }).errcode;
  return new DriverAdapterError({
    originalCode: String(code ?? ''),
    originalMessage: message,
    ...mapped(message, code ?? 1),
  });
}

function mapped(message: string, extendedCode: number): DriverError {
  // "UNIQUE constraint failed: Definition.name, Definition.uid"
  const [what = '', list] = message.split(' constraint failed: ');
  const columns = list?.split(', ') ?? [];
  const fields = columns.map((column) => column.slice(column.lastIndexOf('.') + 1));
  const [table] = columns[0]?.split('.') ?? [];
  if (what === 'UNIQUE') {
    return { kind: 'UniqueConstraintViolation', constraint: { fields }, ...(table !== undefined && { table }) };
  }
  if (what === 'NOT NULL') return { kind: 'NullConstraintViolation', constraint: { fields } };
  if (message.startsWith('FOREIGN KEY constraint failed'))
    return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
  if (message.startsWith('database is locked') || message.startsWith('database table is locked'))
    return { kind: 'SocketTimeout' };
  const last = message.slice(message.lastIndexOf(': ') + 2);
  if (message.includes('no such table')) return { kind: 'TableDoesNotExist', table: last };
  if (message.includes('no such column')) return { kind: 'ColumnNotFound', column: last };
  return { kind: 'sqlite', extendedCode, message };
}
