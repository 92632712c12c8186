/** Access tokens: those created over the API, and the one that the server was started with. */

import { createHash, randomBytes, randomUUID, timingSafeEqual } from 'node:crypto';
import {
  isReservedName,
  isTokenName,
  MOST_TOKEN_SECONDS,
  type Principal,
  ROLES,
  type Role,
  TOKEN_NAME_RULE,
  type Token,
} from '../../domain/access/tokens.js';
import type { NewEvent } from '../../domain/event.js';
import { Problem } from '../../domain/problems/problem.js';
import type { Store } from '../../store/types.js';
import { answer, checkUnanswered } from '../core/kept-answer.js';
import type { KeyedRequest } from '../core/options.js';
import { byClient, type Requester } from '../core/requester.js';

/** Prefix that identifies a token wherever it is found: in a file, or by a scanner for secrets. */
const PREFIX = 'berth_';
const SECRET_BYTES = 32;

/** A new secret: 256 random bits, as text. */
export const newSecret = (): string => `${PREFIX}${randomBytes(SECRET_BYTES).toString('base64url')}`;

const digestOf = (secret: string): Buffer => createHash('sha256').update(secret).digest();

/** The token of the server itself: it can't be revoked over the API, so that nobody locks themselves out. */
const ADMIN: Principal = { id: 'admin', name: 'admin', role: 'admin' };

interface TokenView {
  readonly id: string;
  readonly name: string;
  readonly role: Role;
  /** RFC 3339. */
  readonly createdAt: string | null;
  /** RFC 3339; null: never. */
  readonly expiresAt: string | null;
  /** `configured`: the one of the server's own file or variable. */
  readonly origin: 'api' | 'configured';
}

export interface TokenInput {
  readonly name: string;
  readonly role: Role;
  /** Seconds from now; by default it does not expire. */
  readonly expiresInSeconds?: number;
}

/** The token with its secret, which is shown only once. */
export type CreatedToken = TokenView & { readonly token: string };

export interface TokenService {
  /** Returns the principal of a secret; undefined if it is unknown or has expired. */
  authenticate(secret: string): Principal | undefined;
  listTokens(): readonly TokenView[];
  /** @throws Problem `name-taken`, `invalid-definition` */
  createToken(
    input: TokenInput,
    request: Requester & { readonly keyed?: KeyedRequest<CreatedToken> },
  ): Promise<CreatedToken>;
  /** Revokes a token: from then on it is refused. @throws Problem `not-found`, `in-use` for the configured one */
  revokeToken(id: string, requester: Requester): Promise<void>;
}

/** @param admin the secret of the server's own token; undefined where it has none */
export function createTokens(options: {
  readonly store: Store;
  readonly admin: string | undefined;
  readonly now: () => Date;
}): TokenService {
  const { store, now } = options;
  const admin = options.admin === undefined ? undefined : digestOf(options.admin);
  /** Index of the tokens by digest, with the list that it was made from, since every change makes another list. */
  let index: { readonly of: readonly Token[]; readonly byDigest: ReadonlyMap<string, Token> } | undefined;

  function byDigest(digest: string): Token | undefined {
    const all = store.tokens();
    if (index?.of !== all) index = { of: all, byDigest: new Map(all.map((token) => [token.digest, token])) };
    return index.byDigest.get(digest);
  }

  const isOver = ({ expiresAt }: Token): boolean => expiresAt !== null && expiresAt <= now();

  const configured: readonly TokenView[] =
    admin === undefined ? [] : [{ ...ADMIN, createdAt: null, expiresAt: null, origin: 'configured' }];

  return {
    authenticate(secret) {
      const digest = digestOf(secret);
      if (admin !== undefined && timingSafeEqual(digest, admin)) return ADMIN;
      // Looked up by digest, which a guesser can't steer: the time that it takes reveals nothing about any secret.
      const token = byDigest(digest.toString('hex'));
      return token === undefined || isOver(token) ? undefined : token;
    },

    listTokens: () => [...configured, ...store.tokens().map(view)],

    async createToken({ name, role, expiresInSeconds }, { keyed, ...requester }) {
      if (!isTokenName(name)) throw invalid('/name', `${JSON.stringify(name)}: ${TOKEN_NAME_RULE}`);
      if (!ROLES.includes(role)) throw invalid('/role', `must be one of ${ROLES.join(', ')}`);
      if (expiresInSeconds !== undefined && !(expiresInSeconds >= 1 && expiresInSeconds <= MOST_TOKEN_SECONDS)) {
        throw invalid(
          '/expiresInSeconds',
          `must be from 1 to ${MOST_TOKEN_SECONDS}; leave it out for a token that does not expire`,
        );
      }
      const secret = newSecret();
      const createdAt = now();
      const token: Token = {
        id: randomUUID(),
        name,
        role,
        createdAt,
        digest: digestOf(secret).toString('hex'),
        expiresAt: expiresInSeconds === undefined ? null : new Date(createdAt.getTime() + expiresInSeconds * 1000),
      };
      const created = { ...view(token), token: secret };
      await store.transact(async (tx) => {
        await checkUnanswered(tx, keyed);
        if (isReservedName(name) || tx.tokens().some((other) => other.name === name)) {
          throw new Problem(
            'name-taken',
            `A token named ${name} already exists. Choose another name, or revoke that token first.`,
            {
              faults: [{ in: 'body', pointer: '/name', message: 'is already in use' }],
            },
          );
        }
        await tx.addToken(token);
        const message = `token ${name} created with the role ${role}`;
        tx.record(tokenEvent('TokenCreated', message, requester, { after: { id: token.id, name, role } }));
        await answer(tx, keyed, created);
      });
      return created;
    },

    async revokeToken(id, requester) {
      if (id === ADMIN.id && admin !== undefined) {
        const detail =
          "The server's own token cannot be revoked over the API. To replace it, delete the file `token` in the data folder or change BERTH_TOKEN, and restart Berth.";
        throw new Problem('in-use', detail);
      }
      await store.transact(async (tx) => {
        const token = tx.tokens().find((one) => one.id === id);
        if (token === undefined) {
          throw new Problem('not-found', 'Token not found. GET /v1/tokens lists all tokens.');
        }
        await tx.dropToken(id);
        const { name, role } = token;
        const message = `token ${name} revoked`;
        tx.record(tokenEvent('TokenRevoked', message, requester, { before: { id, name, role } }));
      });
    },
  };
}

const view = ({ id, name, role, createdAt, expiresAt }: Token): TokenView => ({
  id,
  name,
  role,
  createdAt: createdAt.toISOString(),
  expiresAt: expiresAt?.toISOString() ?? null,
  origin: 'api',
});

const tokenEvent = (
  type: 'TokenCreated' | 'TokenRevoked',
  message: string,
  requester: Requester,
  fields: Partial<Pick<NewEvent, 'before' | 'after'>>,
): NewEvent => ({
  ...byClient(requester),
  ...{ type, reason: type, message },
  ...fields,
});

const invalid = (pointer: string, message: string): Problem =>
  new Problem('invalid-definition', `${pointer}: ${message}.`, { faults: [{ in: 'body', pointer, message }] });
