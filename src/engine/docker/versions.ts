/** Everything in which Docker engines differ by version. */

import type { LinkEnvRules } from '../../domain/link-env.js';
import { EngineError } from '../errors.js';

/** The newest API version that our tests have spoken. */
export const NEWEST_TESTED_API = '1.51';
/** Engine 20.10's: the oldest that has every field we set. */
export const OLDEST_TESTED_API = '1.41';

const ordinal = (version: string): number => {
  const [major = '0', minor = '0'] = version.split('.');
  return Number(major) * 1000 + Number(minor);
};

/**
 * The API version to speak: the newest that both know.
 *
 * @throws EngineError of kind `unsupported` when there is none
 */
export function negotiate(engine: { readonly ApiVersion: string; readonly MinAPIVersion?: string }): string {
  if (ordinal(engine.ApiVersion) < ordinal(OLDEST_TESTED_API)) {
    throw new EngineError(
      'unsupported',
      `the engine speaks API ${engine.ApiVersion}; Berth needs ${OLDEST_TESTED_API} or newer (Docker 20.10): upgrade the engine`,
    );
  }
  const chosen = ordinal(engine.ApiVersion) < ordinal(NEWEST_TESTED_API) ? engine.ApiVersion : NEWEST_TESTED_API;
  if (engine.MinAPIVersion !== undefined && ordinal(chosen) < ordinal(engine.MinAPIVersion)) {
    throw new EngineError(
      'unsupported',
      `the engine needs API ${engine.MinAPIVersion} or newer; Berth speaks up to ${NEWEST_TESTED_API}: upgrade Berth`,
    );
  }
  return chosen;
}

/** Which generation of moby's link rules an engine of this version follows: moby/moby#49300 changed them with 28.0. */
export function linkEnvRulesOf(engineVersion: string): LinkEnvRules {
  return Number.parseInt(engineVersion, 10) >= 28 ? 'tcp-first' : 'classic';
}
