import type { Engine } from './engine.js';
import { EngineError } from './errors.js';
import type { RegistryLogin } from './streaming.js';

/** Credentials for the pull of one image. */
export interface PullCredentials {
  /** Undefined for an anonymous pull. */
  readonly login: RegistryLogin | undefined;
  /** Differs if the credentials do. */
  readonly version: string;
  /** True if credentials are stored, but can't be read. */
  readonly isUnreadable: boolean;
  /** Names the credentials and where to set them, for the message of a refusal. Has no secret. */
  readonly named: string;
}

/** A registry's refusal of the caller, in the words of registries and engines. */
const REFUSED =
  /unauthorized|authentication required|access denied|access to the resource is denied|no basic auth credentials|incorrect username or password|\b40[13]\b|forbidden/i;

/**
 * The same engine, whose pulls use the credentials of the image's registry. A refusal names them. If they were exchanged
 * while a pull was under way that was then refused, the pull is tried once more.
 */
export function credentialedEngine(
  engine: Engine,
  credentialsFor: (reference: string) => Promise<PullCredentials>,
): Engine {
  const pull: Engine['pull'] = async (reference, signal, heard, options) => {
    const pullWith = (login: RegistryLogin | undefined) =>
      engine.pull(reference, signal, heard, { ...options, login }).catch((error: unknown) => {
        throw error instanceof EngineError && login !== undefined ? withoutLogin(error, login) : error;
      });
    const used = await credentialsFor(reference);
    try {
      return await pullWith(used.login);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const now = await credentialsFor(reference);
      if (now.version === used.version || signal.aborted) throw naming(error, used);
      try {
        return await pullWith(now.login);
      } catch (again) {
        throw isRefused(again) ? naming(again, now) : again;
      }
    }
  };
  return { ...engine, pull };
}

const isRefused = (error: unknown): error is EngineError => error instanceof EngineError && REFUSED.test(error.message);

/** Returns an error without the secrets of a login, which some registries repeat, as such and as they are sent. */
function withoutLogin(error: EngineError, { credentials }: RegistryLogin): EngineError {
  const secret = 'password' in credentials ? credentials.password : credentials.identityToken;
  const pair = 'password' in credentials ? `${credentials.username}:${secret}` : `:${secret}`;
  const forms = [secret, JSON.stringify(secret).slice(1, -1), encodeURIComponent(secret)];
  const encoded = (['base64', 'base64url'] as const).map((form) => Buffer.from(pair).toString(form));
  const found = [...encoded, ...forms].filter((form) => form !== '' && error.message.includes(form));
  if (found.length === 0) return error;
  const message = found.reduce((text, form) => text.replaceAll(form, '(hidden)'), error.message);
  return new EngineError(error.kind, message, { status: error.status });
}

function naming(error: EngineError, { named, isUnreadable }: PullCredentials): EngineError {
  const kind = isUnreadable ? 'credentials-unreadable' : error.kind;
  return new EngineError(kind, `${error.message} (${named})`, { status: error.status, cause: error.cause });
}
