/** The images on the engine, which definitions use them, and pulling one for a client that watches. */

import type { Definition } from '../domain/definition/definition.js';
import { canonicalImage, type ImageRef, parseImageRef, withDefaultTag } from '../domain/images/image-ref.js';
import { Problem } from '../domain/problems/problem.js';
import type { Engine } from '../engine/engine.js';
import { EngineError } from '../engine/errors.js';
import type { ImageSummary, PullProgress } from '../engine/streaming.js';
import { MultiMap } from '../lib/multimap.js';
import type { Host } from '../reconcile/hosts.js';
import type { Policies } from './access/policy.js';
import { couldNotAnswer, engineAnswer, shuttingDown } from './core/engine-errors.js';
import type { Lookup } from './core/lookup.js';
import { invalidDefinition } from './core/write-checks.js';

export interface ImageView extends ImageSummary {
  /** The names of the definitions that name it, or whose container was made from it. */
  readonly usedBy: readonly string[];
}

/** A signal from a pull: the progress of its layers, and at the end its result. */
export type PullSignal =
  | ({ readonly kind: 'progress' } & PullProgress)
  | { readonly kind: 'done'; readonly image: string; readonly imageId: string; readonly digest: string | null };

export interface ImageService {
  listImages(): Promise<readonly ImageView[]>;
  /**
   * Ends, and ends the pull, when the signal is aborted. Problems come from the promise while the engine has not begun, and
   * from the iterable afterwards.
   *
   * @throws Problem `invalid-definition`, `policy-denied`, `image-not-found`, `pull-failed`, `engine-unavailable`
   */
  pull(reference: string, signal: AbortSignal): Promise<AsyncIterable<PullSignal>>;
}

export function createImages(options: {
  readonly host: Pick<Host, 'engine' | 'observed'>;
  readonly needsEngine: Lookup['needsEngine'];
  readonly definitions: () => Iterable<Definition>;
  /** The image that a definition's container was made from. */
  readonly imageIdOf: (definition: Definition) => string | undefined;
  readonly policies: Pick<Policies, 'checkImage'>;
}): ImageService {
  const { host, needsEngine, definitions, imageIdOf, policies } = options;
  const { engine } = host;

  return {
    async listImages() {
      needsEngine(host);
      const images = await engineAnswer(engine.images());
      const usersOf = imageUsers(definitions(), imageIdOf);
      return images.map((image) => ({ ...image, usedBy: usersOf(image) }));
    },

    async pull(reference, signal) {
      const parsed = parseImageRef(reference);
      if (!parsed.ok) throw invalidDefinition([{ pointer: '/image', message: parsed.message }]);
      if (parsed.value.id !== undefined) throw invalidDefinition([{ pointer: '/image', message: NO_PULL_BY_ID }]);
      policies.checkImage(reference);
      needsEngine(host);
      return pulling(engine, parsed.value, signal);
    },
  };
}

/** Returns a function that names the definitions which name an image, or whose container was made from it. */
export function imageUsers(
  definitions: Iterable<Definition>,
  imageIdOf: (definition: Definition) => string | undefined,
): (image: Pick<ImageSummary, 'id' | 'tags' | 'digests'>) => readonly string[] {
  const users = new MultiMap<string, string>();
  const use = (key: string | undefined, name: string) => {
    if (key !== undefined) users.add(key, name);
  };
  for (const definition of definitions) {
    use(keyOf(definition.spec.image), definition.name);
    use(imageIdOf(definition), definition.name);
  }
  return ({ id, tags, digests }) => {
    const keys = [id, ...[...tags, ...digests].map(keyOf)];
    return [...new Set(keys.flatMap((key) => [...users.get(key ?? '')]))].sort();
  };
}

const NO_PULL_BY_ID = "an image id doesn't name a registry, so it can't be pulled; write path:tag or path@sha256:…";

/** Returns one text for all names of the same image. */
function keyOf(reference: string): string | undefined {
  const parsed = parseImageRef(reference);
  return parsed.ok ? (parsed.value.id ?? canonicalImage(reference)) : undefined;
}

/**
 * Forwards a pull's progress without slowing it for a slow client: only the newest state of each layer waits to be
 * sent.
 */
async function pulling(engine: Engine, ref: ImageRef, signal: AbortSignal): Promise<AsyncIterable<PullSignal>> {
  const image = withDefaultTag(ref);
  const waiting = new Map<string, PullProgress>();
  let news = () => {};
  const hear = (progress: PullProgress): void => {
    const layer = progress.layer ?? '';
    waiting.delete(layer);
    waiting.set(layer, progress);
    news();
  };
  let isOver = false;
  const pulled = engine.pull(image, signal, hear).finally(() => {
    isOver = true;
    news();
  });
  // The pull may fail while nobody waits for it: the next read reports that.
  pulled.catch(() => undefined);

  const somethingNew = async (): Promise<void> => {
    if (waiting.size > 0 || isOver) return;
    await new Promise<void>((resolve) => {
      news = resolve;
    });
  };

  async function* signals(): AsyncGenerator<PullSignal> {
    while (waiting.size > 0 || !isOver) {
      await somethingNew();
      for (const [layer, progress] of waiting) {
        waiting.delete(layer);
        yield { kind: 'progress', ...progress };
      }
    }
    const { digest } = await pulled.catch((error: unknown) => {
      throw signal.aborted ? shuttingDown() : pullProblem(image, error);
    });
    const detail = await engineAnswer(engine.inspectImage(image));
    if (detail === null) throw new Problem('image-not-found', `${image} was pulled but has since been removed.`);
    yield { kind: 'done', image, imageId: detail.id, digest };
  }

  await somethingNew();
  if (isOver && waiting.size === 0) {
    await pulled.catch((error: unknown) => {
      throw signal.aborted ? shuttingDown() : pullProblem(image, error);
    });
  }
  return signals();
}

/** Registries say in words what there is not; they do not tell "none" from "none for you". */
const NOT_THERE =
  /manifest unknown|not found|does not exist|access denied|unauthorized|no matching manifest|no basic auth credentials|authentication required/i;

function pullProblem(image: string, error: unknown): unknown {
  if (!(error instanceof EngineError)) return error;
  if (error.kind === 'unreachable' || error.kind === 'malformed') return couldNotAnswer(error);
  const isAbsent = error.kind === 'not-found' || NOT_THERE.test(error.message);
  return isAbsent
    ? new Problem('image-not-found', `${image} was not found in the registry: ${error.message}.`, { cause: error })
    : new Problem('pull-failed', `${image} could not be pulled: ${error.message}.`, { cause: error });
}
