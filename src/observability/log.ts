import { type Logger, pino } from 'pino';

/**
 * The log: one line of JSON an event, or lines for people on a terminal. Bodies are not in it, and the header that
 * carries a secret is blanked.
 */
export function createLog(options: { readonly level: string; readonly format: 'pretty' | 'json' }): Logger {
  const base = { level: options.level, redact: ['req.headers.authorization'] };
  if (options.format === 'json') return pino(base);
  const target = { target: 'pino-pretty', options: { translateTime: 'HH:MM:ss.l', ignore: 'pid,hostname' } };
  return pino({ ...base, transport: target });
}
