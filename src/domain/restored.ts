/** Definitions and adoptions from a restore that have not been confirmed on this server yet. */
export interface Restored {
  /** The uids of definitions that no client has declared here: the policy still applies to them. */
  readonly undeclared: ReadonlySet<string>;
  /** The engine's ids of containers that the restored database calls adopted, and that this server never adopted. */
  readonly unverified: ReadonlySet<string>;
}

export const NOTHING_RESTORED: Restored = { undeclared: new Set(), unverified: new Set() };

/** The stored form; null where there is nothing to remember. */
export function restoredText({ undeclared, unverified }: Restored): string | null {
  if (undeclared.size === 0 && unverified.size === 0) return null;
  return JSON.stringify({ undeclared: [...undeclared], unverified: [...unverified] });
}

/** @throws SyntaxError when the text is no JSON */
export function readRestored(text: string): Restored {
  const { undeclared, unverified } = JSON.parse(text) as Readonly<Record<keyof Restored, readonly string[]>>;
  return { undeclared: new Set(undeclared), unverified: new Set(unverified) };
}

/** Returns the rest once these definitions are declared here, or gone. */
export function without(
  restored: Restored,
  { uids = [], containers = [] }: { readonly uids?: readonly string[]; readonly containers?: readonly string[] },
): Restored {
  return {
    undeclared: new Set([...restored.undeclared].filter((uid) => !uids.includes(uid))),
    unverified: new Set([...restored.unverified].filter((id) => !containers.includes(id))),
  };
}
