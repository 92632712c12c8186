import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import type { Container, LogLine } from '../../../openapi/client.js';
import { client } from '../state/live.js';
import { visible } from '../state/visible.js';
import { Section } from './section.js';

/** Number of lines at the start, and limit of lines that are kept. */
const TAIL = 200;
const MOST = 2_000;

type State = { readonly kind: 'following' | 'ended' | 'none' } | { readonly kind: 'failed'; readonly why: string };

interface Numbered extends LogLine {
  readonly number: number;
}

const STATE_WORDS = { following: 'Live', ended: 'Ended', none: 'Not running', failed: 'Interrupted' } as const;

/** Live log of a container, with both streams marked. While paused it stays as it is, and new lines are kept. */
export function Logs({ container }: { readonly container: Container }) {
  const run = container.status.container;
  const { lines, state } = useLog(container.name, run?.id, run?.startedAt ?? undefined);
  const [paused, setPaused] = useState<readonly Numbered[]>();
  const [wraps, setWraps] = useState(true);
  const shown = paused ?? lines;
  const missed = paused === undefined ? 0 : (lines.at(-1)?.number ?? 0) - (paused.at(-1)?.number ?? 0);
  const box = useStickyEnd(shown);
  return (
    <Section
      title="Log"
      class="log"
      aside={
        <>
          <span class="muted">{STATE_WORDS[state.kind]}</span>
          <label class="check">
            <input type="checkbox" checked={wraps} onChange={({ currentTarget }) => setWraps(currentTarget.checked)} />
            Wrap
          </label>
          <button
            type="button"
            aria-pressed={paused !== undefined}
            onClick={() => setPaused(paused === undefined ? lines : undefined)}
          >
            {paused === undefined ? 'Pause' : `Resume${missed > 0 ? ` (${missed} more)` : ''}`}
          </button>
        </>
      }
    >
      {state.kind === 'failed' && <p class="fault">{state.why}</p>}
      <section
        ref={box}
        class={`lines ${state.kind} ${wraps ? 'wraps' : ''}`}
        tabIndex={0}
        aria-label={`Log of ${container.name}`}
      >
        {shown.length === 0 && <p class="muted">No output yet.</p>}
        {shown.map(({ number, stream, line }) => (
          <div key={number} class={stream}>
            {stream === 'stderr' && <span class="mark">err</span>}
            {line}
          </div>
        ))}
      </section>
    </Section>
  );
}

/** Lines of the present run; those of another run start over. */
function useLog(name: string, id: string | undefined, startedAt: string | undefined) {
  const [lines, setLines] = useState<readonly Numbered[]>([]);
  const [state, setState] = useState<State>({ kind: 'none' });
  const isVisible = visible.value;
  useEffect(() => {
    if (!isVisible) return;
    setLines([]);
    if (id === undefined) return setState({ kind: 'none' });
    const end = new AbortController();
    setState({ kind: 'following' });
    follow(name, end.signal, setLines).then(
      () => end.signal.aborted || setState({ kind: 'ended' }),
      (error: Error) => end.signal.aborted || setState({ kind: 'failed', why: error.message }),
    );
    return () => end.abort();
  }, [name, id, startedAt, isVisible]);
  return { lines, state };
}

/** Shows a burst of lines at once: at most once a frame. */
async function follow(
  name: string,
  signal: AbortSignal,
  show: (change: (lines: readonly Numbered[]) => readonly Numbered[]) => void,
): Promise<void> {
  let number = 0;
  let waiting: Numbered[] = [];
  const flush = () => {
    const come = waiting;
    waiting = [];
    if (!signal.aborted) show((lines) => [...lines, ...come].slice(-MOST));
  };
  for await (const line of client.logs(name, { follow: true, tail: String(TAIL), signal })) {
    number++;
    if (waiting.length === 0) requestAnimationFrame(flush);
    waiting.push({ ...line, number });
  }
}

/** Keeps the end in view while it is in view: a user who has scrolled up reads on undisturbed. */
function useStickyEnd(lines: readonly unknown[]) {
  const box = useRef<HTMLElement>(null);
  const isAtEnd = useRef(true);
  useEffect(() => {
    const { current } = box;
    const look = () => {
      if (current !== null) isAtEnd.current = current.scrollHeight - current.scrollTop - current.clientHeight < 8;
    };
    current?.addEventListener('scroll', look, { passive: true });
    return () => current?.removeEventListener('scroll', look);
  }, []);
  useLayoutEffect(() => {
    if (isAtEnd.current && box.current !== null) box.current.scrollTop = box.current.scrollHeight;
  }, [lines]);
  return box;
}
