/** Networks: what is stored of one, and how it looks on the engine. */

import { createHash } from 'node:crypto';
import { canonicalJson } from '../../lib/canonical-json.js';
import type { NetworkSpec } from './network-spec.js';
import { knownSubnet, upperHalf } from './subnet.js';

/** One subnet of a network, as the engine is given it. */
export interface NetworkSubnet {
  readonly subnet: string;
  readonly gateway: string;
}

/** A network that clients declared or that definitions name. */
export interface Network {
  readonly name: string;
  readonly host: string;
  /** Never reused: it identifies the network in events. */
  readonly uid: string;
  /** Starts at 1, rises by one with every change. */
  readonly generation: number;
  readonly spec: NetworkSpec;
  /** False where only definitions name it: it goes with the last of them. */
  readonly isDeclared: boolean;
  /**
   * Its subnets, IPv4 first. Empty where the engine chose them: for external networks, and for those of earlier versions
   * of Berth. Such networks give no stable addresses.
   */
  readonly subnets: readonly NetworkSubnet[];
  /** True once the engine has had it with these subnets. Until then a picked subnet may be exchanged; never after. */
  readonly confirmed: boolean;
  readonly createdAt: Date;
  readonly updatedAt: Date;
  readonly deletionRequestedAt: Date | null;
}

/** True if definitions have stable addresses on this network. */
export const hasStableAddresses = ({ subnets }: Pick<Network, 'subnets'>): boolean => subnets.length > 0;

/** True if a network is to be removed: its deletion was requested, or no definition names it and nobody declared it. */
export const isLeaving = ({ isDeclared, deletionRequestedAt }: Network, users: readonly unknown[]): boolean =>
  users.length === 0 && (!isDeclared || deletionRequestedAt !== null);

/** A subnet with the range that the engine allocates from. */
export interface EngineSubnet extends NetworkSubnet {
  readonly range: string;
}

/** Settings of a network on the engine. */
export interface NetworkSettings {
  readonly name: string;
  readonly subnets: readonly EngineSubnet[];
  readonly internal: boolean;
  readonly options: Readonly<Record<string, string>>;
  readonly labels: Readonly<Record<string, string>>;
  /** Digest of all others, which the engine keeps as a label; null for a network whose settings are not compared. */
  readonly hash: string | null;
}

/** The driver's option for the MTU. */
export const MTU_OPTION = 'com.docker.network.driver.mtu';

/** Returns the settings that a network has on the engine. Berth allocates from the lower half, the engine from the upper. */
export function settingsOf({ name, spec, subnets }: Pick<Network, 'name' | 'spec' | 'subnets'>): NetworkSettings {
  const settings = {
    name,
    subnets: subnets.map((one) => ({ ...one, range: upperHalf(knownSubnet(one.subnet)).text })),
    internal: spec.internal ?? false,
    options: { ...spec.driverOptions, ...(spec.mtu !== undefined && { [MTU_OPTION]: String(spec.mtu) }) },
    labels: spec.labels ?? {},
  };
  const hash = subnets.length === 0 ? null : createHash('sha256').update(canonicalJson(settings)).digest('hex');
  return { ...settings, hash };
}
