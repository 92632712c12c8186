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
  const pull: Engine['pull'] = async (reference, signal, heard) => {
    const used = await credentialsFor(reference);
    try {
      return await engine.pull(reference, signal, heard, used.login);
    } catch (error) {
      if (!isRefused(error)) throw error;
      const now = await credentialsFor(reference);
      if (now.version === used.version || signal.aborted) throw naming(error, used);
      try {
        return await engine.pull(reference, signal, heard, now.login);
      } catch (again) {
        throw isRefused(again) ? naming(again, now) : again;
      }
    }
  };
  return { ...engine, pull };
}

const isRefused = (error: unknown): error is EngineError => error instanceof EngineError && REFUSED.test(error.message);

function naming(error: EngineError, { named, isUnreadable }: PullCredentials): EngineError {
  const kind = isUnreadable ? 'credentials-unreadable' : error.kind;
  return new EngineError(kind, `${error.message} (${named})`, { status: error.status, cause: error.cause });
}
