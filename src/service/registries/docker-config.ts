/** Credentials from the docker CLI's `config.json`, which an operator names. */

import { accessSync, constants, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Result } from '../../domain/problems/result.js';
import { failure } from '../../domain/problems/result.js';
import type { Credentials } from '../../domain/registries/credentials.js';
import { type DockerConfig, readDockerConfig, serverOf } from '../../domain/registries/docker-config.js';
import { type AskHelper, askHelper } from './credential-helper.js';

/** Limit of the file's size, in bytes. */
const MOST_BYTES = 1024 * 1024;

/** Outcome of a search for credentials in the file. */
export type Found =
  | { readonly kind: 'credentials'; readonly credentials: Credentials; readonly where: string }
  | { readonly kind: 'none' }
  /** There should be credentials, but they can't be had; `why` is for a person. */
  | { readonly kind: 'failed'; readonly why: string };

export interface DockerConfigFile {
  readonly file: string;
  /** Reads the file, which may have changed at any time. */
  read(): Result<DockerConfig>;
  find(host: string): Promise<Found>;
  /** True if the program of a helper is installed. */
  hasHelper(name: string): boolean;
}

/** @param ask runs a credential helper; by default the program of its name */
export function dockerConfigFile(file: string, ask: AskHelper = askHelper): DockerConfigFile {
  function read(): Result<DockerConfig> {
    try {
      if (statSync(file).size > MOST_BYTES) return failure('is larger than 1 MiB');
      return readDockerConfig(readFileSync(file, 'utf8'));
    } catch (error) {
      return failure(`can't be read (${(error as NodeJS.ErrnoException).code ?? 'unknown error'})`);
    }
  }

  return {
    file,
    read,
    async find(host) {
      const config = read();
      if (!config.ok) return { kind: 'failed', why: `${file} ${config.message}` };
      const { auths, helpers, store } = config.value;
      const helper = helpers.get(host) ?? store;
      // Rule: docker/cli, `GetCredentialsStore`: with a helper, the file's own entries don't count.
      if (helper !== undefined) {
        const outcome = await ask(helper, serverOf(host));
        const where = `docker-credential-${helper} (${file})`;
        if (outcome.kind === 'credentials') return { ...outcome, where };
        if (outcome.kind === 'none') return { kind: 'none' };
        return { kind: 'failed', why: `${file} names a credential helper for ${host}, but ${outcome.why}` };
      }
      const credentials = auths.get(host);
      return credentials === undefined ? { kind: 'none' } : { kind: 'credentials', credentials, where: file };
    },
    hasHelper: (name) =>
      (process.env['PATH'] ?? '')
        .split(path.delimiter)
        .some((folder) => folder !== '' && isProgram(path.join(folder, `docker-credential-${name}`))),
  };
}

function isProgram(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    // There is none, or none that may be run.
    return false;
  }
}
