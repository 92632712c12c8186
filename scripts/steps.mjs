// Steps of a preparation that are skipped where nothing has changed since they last succeeded.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import path from 'node:path';

/** Lists every file below some paths, sorted. */
export function filesBelow(...paths) {
  return paths
    .flatMap((at) =>
      statSync(at).isDirectory()
        ? readdirSync(at, { recursive: true, withFileTypes: true })
            .filter((entry) => entry.isFile())
            .map((entry) => path.join(entry.parentPath ?? entry.path, entry.name))
        : [at],
    )
    .sort();
}

/**
 * Runs a step unless its inputs are those of its last success and its output exists. The stamp of the last success is removed
 * first and written last: a step that was cut off runs again.
 *
 * @param step.stamp the file that the stamp is in
 */
export async function runStep({ inputs, output, stamp, run }) {
  const hash = createHash('sha256');
  for (const file of filesBelow(...inputs)) hash.update(file).update(readFileSync(file));
  const now = hash.digest('hex');
  if (existsSync(output) && existsSync(stamp) && readFileSync(stamp, 'utf8') === now) return;
  rmSync(stamp, { force: true });
  await run();
  writeFileSync(stamp, now);
}
