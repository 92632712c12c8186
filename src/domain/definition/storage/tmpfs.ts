/** File systems in memory, as `--tmpfs` has them: `/run:size=64m,mode=1777`. */

import { splitAtEquals } from '../../../lib/text/env-entry.js';
import { valueFault } from '../../docker/option-values.js';
import { type FieldFault, pointer } from '../../problems/result.js';
import { unprintable } from '../printable.js';
import { cleanPath, leadsUp } from './paths.js';

/** A target with the options of its mount. */
export interface Tmpfs {
  readonly target: string;
  readonly options: readonly string[];
}

/** Splits at the first colon, as Docker does. */
export function readTmpfs(text: string): Tmpfs {
  const colon = text.indexOf(':');
  if (colon === -1) return { target: cleanPath(text), options: [] };
  return {
    target: cleanPath(text.slice(0, colon)),
    options: text
      .slice(colon + 1)
      .split(',')
      .filter((option) => option !== ''),
  };
}

export const tmpfsText = ({ target, options }: Tmpfs): string =>
  [target, ...(options.length > 0 ? [options.join(',')] : [])].join(':');

/** Options that Docker passes on, and that make the mount one of something else. */
const OF_OTHERS: ReadonlySet<string> = new Set(['bind', 'rbind', 'remount', 'mand']);

/** @param mounted targets of volumes */
export function tmpfsFaults(texts: readonly string[], mounted: ReadonlySet<string>): readonly FieldFault[] {
  const first = new Map<string, number>();
  return texts.flatMap((text, index) => {
    const { target, options } = readTmpfs(text);
    const earlier = first.get(target);
    first.set(target, earlier ?? index);
    const foreign = options.find((option) => OF_OTHERS.has(splitAtEquals(option)[0]));
    const message =
      valueFault('tmpfs', text) ??
      unprintable(text) ??
      (leadsUp(target) ? 'the target must not contain ..; write the resolved path' : undefined) ??
      (foreign === undefined ? undefined : `${foreign} is no option of a file system in memory; remove it`) ??
      (earlier === undefined ? undefined : `${target} is already the target of tmpfs/${earlier}; remove one`) ??
      (mounted.has(target) ? `${target} is already the target of a volume; remove one` : undefined);
    return message === undefined ? [] : [{ pointer: pointer('tmpfs', index), message }];
  });
}
