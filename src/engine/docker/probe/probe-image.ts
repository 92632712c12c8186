/** The image of probes: our own Node.js and the libraries that it is linked to, and nothing else. */

import { createHash } from 'node:crypto';
import { createReadStream, existsSync } from 'node:fs';
import { stat } from 'node:fs/promises';
import path from 'node:path';
import type { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { pack } from 'tar-stream';
import { LABELS } from '../../labels.js';

export const REPOSITORY = 'berth-probe';

/**
 * Label of the probe image and of every container made from it, which are neither reconciled nor offered for adoption.
 */
export const PROBE_LABEL = 'io.berth.probe';

/** The architectures for which Node.js is built, as Docker calls them. */
const ARCHITECTURES: Readonly<Record<string, string>> = {
  arm: 'arm',
  arm64: 'arm64',
  ia32: '386',
  loong64: 'loong64',
  ppc64: 'ppc64le',
  riscv64: 'riscv64',
  s390x: 's390x',
  x64: 'amd64',
};

/** `linux/amd64`: where our Node.js runs. */
export const ownPlatform = (): string => `${process.platform}/${ARCHITECTURES[process.arch] ?? process.arch}`;

/** Libraries that older versions of the GNU C library load only when they resolve a name. */
const LOADED_LATE = ['libnss_files.so.2', 'libnss_dns.so.2', 'libresolv.so.2'];

/** Without it, older versions of the GNU C library ask DNS before /etc/hosts. */
const NSSWITCH = 'hosts: files dns\n';

/** Folders in which the engine and the kernel mount things. */
const FOLDERS = ['dev', 'etc', 'proc', 'sys', 'tmp'];

/**
 * Node.js, the dynamic loader and every library, each by the path at which it is looked for. Of libraries the running
 * process tells by itself, with glibc and musl alike: no other program is asked.
 */
export function files(): readonly string[] {
  const libraries = sharedObjects().filter((file) => path.isAbsolute(file) && !file.endsWith('.node'));
  const libc = libraries.find((file) => path.basename(file) === 'libc.so.6');
  const late = libc === undefined ? [] : LOADED_LATE.map((name) => path.join(path.dirname(libc), name));
  return [...new Set([process.execPath, ...libraries, ...late.filter((file) => existsSync(file))])].sort();
}

function sharedObjects(): readonly string[] {
  // The types of Node.js 20 lack it.
  const report = process.report as typeof process.report & { excludeNetwork: boolean };
  const before = report.excludeNetwork;
  // Otherwise it would look up the names of all open connections, and wait for that.
  report.excludeNetwork = true;
  try {
    return (report.getReport() as { readonly sharedObjects: readonly string[] }).sharedObjects;
  } finally {
    report.excludeNetwork = before;
  }
}

export interface ProbeImage {
  /** Reference by content: another Node.js or another library makes another image. */
  readonly reference: string;
  readonly changes: readonly string[];
  /** Its file system as a tar archive, a new one for each call. */
  archive(): Readable;
}

/**
 * Reads all of it once, to tell what it is.
 *
 * @param instance who imports it, and so may remove it: another Berth on the same engine uses it, or has its own
 */
export async function describeImage(instance: string): Promise<ProbeImage> {
  const all = files();
  const hash = createHash('sha256').update(NSSWITCH);
  for (const file of all) {
    hash.update(`${file}\0`);
    for await (const chunk of createReadStream(file)) hash.update(chunk as Buffer);
  }
  const folders = [...new Set(all.map((file) => path.dirname(file)))];
  return {
    reference: `${REPOSITORY}:${hash.digest('hex').slice(0, 16)}`,
    changes: [`LABEL ${PROBE_LABEL}=image ${LABELS.instance}=${instance}`, `ENV LD_LIBRARY_PATH=${folders.join(':')}`],
    archive: () => archiveOf(all),
  };
}

function archiveOf(all: readonly string[]): Readable {
  const archive = pack();
  const fill = async (): Promise<void> => {
    for (const name of FOLDERS) archive.entry({ name: `${name}/`, type: 'directory', mode: 0o755 });
    archive.entry({ name: 'etc/nsswitch.conf', mode: 0o644 }, NSSWITCH);
    for (const file of all) {
      const { size } = await stat(file);
      await pipeline(createReadStream(file), archive.entry({ name: file.slice(1), mode: 0o755, size }));
    }
    archive.finalize();
  };
  fill().catch((error: unknown) => archive.destroy(error instanceof Error ? error : new Error(String(error))));
  return archive;
}
