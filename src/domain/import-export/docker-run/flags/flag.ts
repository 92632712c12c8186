/** Describes a flag: its name, what its value is, and what becomes of it. */

import type { Plain } from '../../plain.js';

/**
 * Type of a flag's value; values that Docker's command line would refuse are refused. `nothing`: a switch, with or
 * without `=true`.
 */
export type Takes = 'nothing' | 'text' | 'integer' | 'natural' | 'cpus' | 'bytes' | 'swap' | 'duration';

/** Part of a definition that a flag sets. */
export type Field =
  | ('name' | 'entrypoint' | 'env' | 'envFile' | 'label' | 'labelFile')
  | ('pull' | 'restart' | 'remove' | 'detach' | 'help')
  | ('publish' | 'device' | 'gpus' | 'securityOption' | 'link' | 'volume' | 'mount')
  | ('network' | 'ipv4Address' | 'ipv6Address')
  | ('healthCommand' | 'healthInterval' | 'healthTimeout' | 'healthRetries' | 'healthStartPeriod')
  | ('healthStartInterval' | 'noHealthcheck')
  | ('memory' | 'cpus' | 'pids' | 'stopTimeout');

/** Reason why a flag has no field, and what to do instead. */
export interface Left {
  readonly effect: 'ignored' | 'unsupported';
  readonly reason: string;
  /**
   * Values equal to what every container gets anyway, so nothing is lost. By default those that mean "not set": the empty
   * text, 0 and false.
   */
  readonly usual?: readonly string[];
  /** Values that make no difference to what is kept running, where others do. */
  readonly harmless?: readonly string[];
}

export interface Flag {
  readonly name: string;
  readonly short?: string;
  readonly takes: Takes;
  /** True if each time counts. Otherwise the last one does. */
  readonly isList?: boolean;
  /** Not of `docker create`. */
  readonly isOfRun?: boolean;
  readonly handling: { readonly field: Field } | { readonly plain: Plain } | Left;
}

type Options = Omit<Flag, 'name' | 'takes' | 'handling'>;

export const list: Options = { isList: true };

export const becomes = (name: string, takes: Takes, field: Field, options: Options = {}): Flag => ({
  name,
  takes,
  ...options,
  handling: { field },
});

/** A flag that sets one field as it is. */
export const sets = (name: string, takes: Takes, plain: Plain, options: Options = {}): Flag => ({
  name,
  takes,
  ...options,
  handling: { plain },
});

export const ignored = (name: string, takes: Takes, reason: string, options: Options = {}): Flag => ({
  name,
  takes,
  ...options,
  handling: { effect: 'ignored', reason },
});

export const lacking = (
  name: string,
  takes: Takes,
  reason: string,
  { usual, harmless, ...options }: Options & Pick<Left, 'usual' | 'harmless'> = {},
): Flag => ({
  name,
  takes,
  ...options,
  handling: { effect: 'unsupported', reason, ...(usual && { usual }), ...(harmless && { harmless }) },
});

export const WINDOWS = 'it is for Windows containers only: remove it';
