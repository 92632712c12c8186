/** Callers, their roles and their tokens. */

/**
 * Roles of callers, each including the previous one: read without secrets; declare and look inside; everything,
 * including tokens.
 */
export const ROLES = ['viewer', 'operator', 'admin'] as const;
export type Role = (typeof ROLES)[number];

/** True if a role is as much as another, or more. */
export const isAtLeast = (role: Role, needed: Role): boolean => ROLES.indexOf(role) >= ROLES.indexOf(needed);

/** Time that a token may be valid at most, where it expires: ten years. */
export const MOST_TOKEN_SECONDS = 315_360_000;

/** Caller that a request comes from. */
export interface Principal {
  /** Stays while the token does, and is given to no other: what is kept for a caller is kept under it. */
  readonly id: string;
  /** Name for people, in the record of changes and in the log. */
  readonly name: string;
  readonly role: Role;
  /** Time from which the caller is rejected; null or absent: never. */
  readonly expiresAt?: Date | null;
}

/** A token as it is stored: of the secret itself only a digest is kept. */
export interface Token extends Principal {
  /** SHA-256, hexadecimal. */
  readonly digest: string;
  readonly createdAt: Date;
  readonly expiresAt: Date | null;
}

const NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,62}$/;
export const TOKEN_NAME_RULE =
  'a token name has 1 to 63 letters, digits, dots, dashes, underscores or @, and begins with a letter or digit';
export const isTokenName = (text: string): boolean => NAME.test(text);

/** Names recorded for callers that need no token or use the server's own. */
const RESERVED: ReadonlySet<string> = new Set(['admin', 'anybody', 'nobody', 'socket']);
export const isReservedName = (name: string): boolean => RESERVED.has(name.toLowerCase());

const SECRET = /^[\w.~+/=-]{20,512}$/;
/**
 * Rule for the server's own token, which a person may choose: long enough not to be guessed, with characters that a
 * header can carry.
 */
export const TOKEN_SECRET_RULE =
  'write 20 to 512 letters, digits or . _ ~ + / = -, for example the output of `openssl rand -hex 32`';
export const isTokenSecret = (text: string): boolean => SECRET.test(text);
