import { readTmpfs, tmpfsText } from '../../../domain/definition/storage/tmpfs.js';
import { describeTmpfs } from '../containers/mounts.js';
import type { EngineFields } from './field.js';

/** Fields of storage, beside volumes. */
export const STORAGE = {
  tmpfs: {
    part: 'HostConfig',
    name: 'Tmpfs',
    write: (texts) =>
      Object.fromEntries(texts.map(readTmpfs).map(({ target, options }) => [target, options.join(',')])),
    read: (value, raw) => {
      const own = Object.entries((value ?? {}) as Readonly<Record<string, string>>);
      const texts = [
        ...own.map(([target, options]) => tmpfsText(readTmpfs(`${target}:${options}`))),
        ...describeTmpfs(raw),
      ];
      return texts.length > 0 ? texts : undefined;
    },
  },
} as const satisfies EngineFields;
