/** Translates Docker's terms into ours, for an engine's answer, a command line or a Compose file. */

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

/** Words that begin Docker's array form of a health check, `Test`. */
const TEST_KINDS: ReadonlySet<string | undefined> = new Set(['CMD', 'CMD-SHELL', 'NONE']);

/** The argument vector of a health check that is run as it is. A program that is named like a kind of test stays behind its `CMD`. */
export function programCheck(argv: readonly string[]): readonly string[] {
  return TEST_KINDS.has(argv[0]) ? ['CMD', ...argv] : argv;
}

/** Docker's array form of a check that is switched on: the opposite of `shellCheck` and `programCheck`. */
export function testOf(command: readonly string[]): readonly string[] {
  return command[0] === 'CMD' ? command : ['CMD', ...command];
}
