/** What Docker's words are in ours, wherever they come from: an engine's answer, a command line, a Compose file. */

import type { RestartPolicy } from '../definition/definition.js';

const RESTART_POLICIES: Readonly<Record<string, RestartPolicy>> = {
  '': 'no',
  no: 'no',
  always: 'always',
  'unless-stopped': 'always',
  'on-failure': 'on-failure',
};

/** Our policy for a name that the engine knows, undefined for another. `always` here is its `unless-stopped`. */
export function restartPolicyOf(name: string): RestartPolicy | undefined {
  return Object.hasOwn(RESTART_POLICIES, name) ? RESTART_POLICIES[name] : undefined;
}

/** The argument vector of a health check that is given to a shell. Rule: moby, `CMD-SHELL` on Linux. */
export function shellCheck(...texts: readonly string[]): readonly string[] {
  return ['/bin/sh', '-c', ...texts];
}
