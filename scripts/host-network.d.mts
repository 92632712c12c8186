/** Makes the input of `iptables-restore --noflush` that takes an engine's rules out again. */
export function undoingRules(
  now: string,
  before: { readonly policy: string; readonly chains: readonly string[] },
  bridges: readonly string[],
  alone: boolean,
): string;
