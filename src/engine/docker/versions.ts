/** Everything in which engines differ by version, and nothing outside this file may ask for one. */

import type { LinkEnvRules } from '../../domain/link-env.js';
import { EngineError } from '../errors.js';

/** The newest API version that our tests have spoken with a real engine: 28.5's. Engine 29 speaks it too. */
export const NEWEST_TESTED_API = '1.51';
/** Engine 20.10's: the oldest that has every field we set. */
export const OLDEST_TESTED_API = '1.41';

/** What an engine says of itself that settles how we talk with it. */
export interface VersionFacts {
  readonly Version: string;
  readonly ApiVersion: string;
  /** Old engines don't say, and take every older one. */
  readonly MinAPIVersion?: string;
}

const ordinal = (version: string): number => {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
};

/**
 * The API version to speak: the newest that both know.
 *
 * @throws EngineError of kind `unsupported` when there is none
 */
export function negotiate({ Version, ApiVersion, MinAPIVersion }: VersionFacts): string {
  if (ordinal(ApiVersion) < ordinal(OLDEST_TESTED_API)) {
    const message = `engine ${Version} speaks the Docker API up to ${ApiVersion}, and Berth needs ${OLDEST_TESTED_API}: upgrade the engine to Docker 20.10 or newer; Berth goes on by itself then`;
    throw new EngineError('unsupported', message);
  }
  const chosen = ordinal(ApiVersion) < ordinal(NEWEST_TESTED_API) ? ApiVersion : NEWEST_TESTED_API;
  if (MinAPIVersion !== undefined && ordinal(chosen) < ordinal(MinAPIVersion)) {
    const message = `engine ${Version} speaks the Docker API from ${MinAPIVersion} on, and Berth up to ${NEWEST_TESTED_API}: upgrade Berth, or start the engine with DOCKER_MIN_API_VERSION=${NEWEST_TESTED_API}`;
    throw new EngineError('unsupported', message);
  }
  return chosen;
}

/** Which generation of moby's link rules an engine of this version follows: moby/moby#49300 changed them with 28.0. */
export function linkEnvRulesOf(engineVersion: string): LinkEnvRules {
  return Number.parseInt(engineVersion, 10) >= 28 ? 'tcp-first' : 'classic';
}
