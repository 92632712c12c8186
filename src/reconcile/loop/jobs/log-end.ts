import type { Engine } from '../../../engine/engine.js';
import { EngineError } from '../../../engine/errors.js';

/** Lines and characters of a log's end that are stored with a run. */
const MOST_LINES = 20;
const MOST_CHARACTERS = 4000;

/** Reads the end of a container's log; null if the engine has none. @throws EngineError if it can't be reached */
export async function logEnd(engine: Engine, id: string, signal: AbortSignal): Promise<string | null> {
  const request = { follow: false, stdout: true, stderr: true, timestamps: false, tail: MOST_LINES };
  try {
    const chunks: Uint8Array[] = [];
    for await (const { data } of await engine.logs(id, request, signal)) chunks.push(data);
    return Buffer.concat(chunks).toString('utf8').replaceAll('\0', '').slice(-MOST_CHARACTERS);
  } catch (error) {
    // A log driver that keeps nothing here, or a container that is gone, is no reason to lose the record.
    if (error instanceof EngineError && !error.leavesUnknown) return null;
    throw error;
  }
}
