import { readFileSync } from 'node:fs';
import { type Subnet, subnetAt } from './domain/networks/subnet.js';

/** Linux's table of IPv4 routes. Rule: proc(5), `/proc/net/route`. */
const ROUTES = '/proc/net/route';

/**
 * Returns the subnets that this host has IPv4 routes to, except the default route: a network of containers on one of
 * them would hide what is there. Empty where the table can't be read, for instance on another system than Linux.
 *
 * @param read returns the text of a file
 */
export function hostRoutes(read: (file: string) => string = (file) => readFileSync(file, 'utf8')): readonly Subnet[] {
  let text: string;
  try {
    text = read(ROUTES);
  } catch {
    // Only Linux has the table, and the engine's own answer about overlaps still counts.
    return [];
  }
  return text
    .split('\n')
    .slice(1)
    .flatMap((line) => {
      const [, destination = '', , , , , , mask = ''] = line.split(/\s+/);
      if (!/^[0-9A-F]{8}$/i.test(destination) || !/^[0-9A-F]{8}$/i.test(mask)) return [];
      const prefix = [...littleEndian(mask).toString(2)].filter((bit) => bit === '1').length;
      return prefix === 0 ? [] : [subnetAt(4, littleEndian(destination), prefix)];
    });
}

/** The table has each address as the bytes of its number in reverse. */
const littleEndian = (hex: string): bigint => BigInt(`0x${(hex.match(/../g) ?? []).reverse().join('')}`);
