/** Hides values from viewers: those of variables and the texts of files, which often hold secrets. */

import { isIP } from 'node:net';
import type { FastifyInstance, FastifyRequest } from 'fastify';
import { SECRET_FIELDS, SECRET_PARTS, SECRET_TEXTS } from '../../domain/definition/definition.js';
import { splitAtEquals } from '../../lib/text/env-entry.js';
import { NOBODY } from './auth/auth.js';

export const HIDDEN = '(hidden)';

/**
 * True for variables that tell a link's address and no secret: `DB_PORT`, `DB_PORT_3306_TCP_ADDR`, `DB_NAME`. The value
 * is checked too: a variable that was removed from a definition stays in its container until that is replaced, under
 * any name.
 */
const isAddress = (name: string, value: string): boolean =>
  /_(?:PORT|NAME|PORT_\d+_\w+)$/.test(name) && !name.includes('_ENV_') && (isIP(value) !== 0 || PLACE.test(value));
/** `tcp://172.17.0.2:3306`, `3306`, `tcp`, `/web/db`. */
const PLACE = /^(?:(?:tcp|udp|sctp):\/\/[\da-f.:[\]]+:\d+|\d{1,5}|tcp|udp|sctp|\/[\w.-]+\/[\w.-]+)$/;

/** Returns the variables of a process inside a container, redacted for a viewer. */
export function redactedEnv<
  T extends { readonly env: Readonly<Record<string, string>>; readonly fromLinks: readonly string[] },
>(view: T): T {
  const links = new Set(view.fromLinks);
  const env = Object.entries(view.env).map(([name, value]) => {
    return [name, links.has(name) && isAddress(name, value) ? value : HIDDEN];
  });
  return { ...view, env: Object.fromEntries(env) };
}

const isSecret = (key: string): boolean => (SECRET_FIELDS as ReadonlySet<string>).has(key) || SECRET_PARTS.has(key);

/** Returns a copy without the values of secrets: `env` and the `content` of files in our resources, `Env` and options of drivers in the engine's. */
export function redacted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(redacted);
  if (value === null || typeof value !== 'object' || value instanceof Date) return value;
  return Object.fromEntries(
    Object.entries(value).map(([key, inner]) => {
      if (key === 'Env' && Array.isArray(inner)) return [key, inner.map(hiddenPair)];
      if (key === 'DriverConfig' && isObject(inner)) return [key, hiddenPart(inner, 'Options')];
      if (key === 'LogConfig' && isObject(inner)) return [key, hiddenPart(inner, 'Config')];
      if (typeof inner === 'string' && SECRET_TEXTS.has(key)) return [key, HIDDEN];
      // A list holds names only, as in events.
      if (isSecret(key) && Array.isArray(inner)) return [key, inner.map(hiddenUnlessName)];
      if (isSecret(key) && isObject(inner)) return [key, hiddenValues(inner)];
      return [key, redacted(inner)];
    }),
  );
}

const isObject = (value: unknown): value is object => value !== null && typeof value === 'object';
/** Returns an object in which one part, where it has it, is without its values. */
const hiddenPart = (whole: object, part: string): object =>
  Object.fromEntries(
    Object.entries(whole).map(([key, inner]) => [key, key === part && isObject(inner) ? hiddenValues(inner) : inner]),
  );
const hiddenValues = (env: object): object => Object.fromEntries(Object.keys(env).map((name) => [name, HIDDEN]));
const hiddenUnlessName = (item: unknown): string =>
  typeof item === 'string' && !item.includes('=') ? item : hiddenPair(item);
const hiddenPair = (pair: unknown): string => `${splitAtEquals(String(pair))[0]}=${HIDDEN}`;

/** True if the caller may see the values of variables. */
export const seesValues = ({ principal }: FastifyRequest): boolean =>
  principal.role !== 'viewer' || principal === NOBODY;

/** Redacts every JSON answer to a viewer, save of routes that do so themselves. */
export function redaction(app: FastifyInstance): void {
  app.addHook('preSerialization', (request, _, payload, done) => {
    const isShown = seesValues(request) || request.routeOptions.config.isRedacted === true;
    done(null, isShown ? payload : redacted(payload));
  });
}

declare module 'fastify' {
  interface FastifyContextConfig {
    /** True if it redacts what it answers itself. */
    isRedacted?: boolean;
  }
}
