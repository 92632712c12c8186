import { DriverAdapterError, type Error as DriverError } from '@prisma/driver-adapter-utils';

/**
 * SQLite's failures in Prisma's words. `.all()` of @photostructure/sqlite 1.2 loses `errcode`, so SQLite's fixed texts are
 * the key. What is no failure of SQLite's is handed on as it is.
 */
export function toDriverError(e: unknown): unknown {
  if (!(e instanceof Error) || (e as { code?: string }).code !== 'ERR_SQLITE_ERROR') return e;
  const message = e.message;
  const code = (e as { errcode?: number }).errcode;
  const columns = message.split('constraint failed: ').at(1)?.split(', ');
  const fields = columns?.map((c) => c.split('.').pop() ?? c);
  const table = columns?.at(0)?.split('.').slice(0, -1).join('.');
  const mapped = ((): DriverError => {
    if (message.startsWith('UNIQUE constraint failed')) {
      return { kind: 'UniqueConstraintViolation', ...(fields && { constraint: { fields } }), ...(table && { table }) };
    }
    if (message.startsWith('NOT NULL constraint failed'))
      return { kind: 'NullConstraintViolation', ...(fields && { constraint: { fields } }) };
    if (message.startsWith('FOREIGN KEY constraint failed'))
      return { kind: 'ForeignKeyConstraintViolation', constraint: { foreignKey: {} } };
    if (message.startsWith('database is locked') || message.startsWith('database table is locked'))
      return { kind: 'SocketTimeout' };
    if (message.includes('no such table'))
      return { kind: 'TableDoesNotExist', table: message.split(': ').at(-1) ?? '' };
    if (message.includes('no such column')) return { kind: 'ColumnNotFound', column: message.split(': ').at(-1) ?? '' };
    return { kind: 'sqlite', extendedCode: code ?? 1, message };
  })();
  return new DriverAdapterError({ originalCode: String(code ?? ''), originalMessage: message, ...mapped });
}
