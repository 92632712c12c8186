/** The lines of `/etc/hosts`, by hosts(5). */

export interface HostsEntry {
  readonly address: string;
  readonly names: readonly string[];
}

/** Reads a hosts file; comments and empty lines are left out. */
export function parseHosts(text: string): readonly HostsEntry[] {
  return text
    .split('\n')
    .map((line) => line.replace(/#.*/, '').trim())
    .filter((line) => line !== '')
    .map((line) => {
      const [address = '', ...names] = line.split(/\s+/);
      return { address, names };
    });
}

/** Returns every address that a hosts file has for a name, in the order of its lines. */
export const addressesOf = (entries: readonly HostsEntry[], name: string): readonly string[] =>
  entries.filter(({ names }) => names.includes(name)).map(({ address }) => address);
