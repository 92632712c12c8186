import { useEffect, useLayoutEffect, useRef, useState } from 'preact/hooks';
import { client, connection, fleet } from '../state/live.js';
import { selected } from '../state/route.js';
import { visible } from '../state/visible.js';
import { drawingOf, mark } from './drawing.js';

/** Time in which changes are gathered into one drawing, in milliseconds. */
const GATHER_MS = 250;

/** Graph of links and host ports, drawn by the server and redrawn after every change. */
export function GraphView() {
  const { svg, trouble } = useDrawing();
  const [fits, setFits] = useState(false);
  const place = useRef<HTMLDivElement>(null);
  const name = selected();
  const containers = fleet.containers.value;
  useLayoutEffect(() => {
    if (svg === undefined || place.current === null) return;
    const focused = document.activeElement?.id;
    place.current.replaceChildren(svg);
    if (focused) document.getElementById(focused)?.focus();
  }, [svg]);
  useLayoutEffect(() => {
    if (svg !== undefined) mark(svg, containers, name);
  }, [svg, containers, name]);
  const isEmpty = fleet.loaded.value && containers.size === 0;
  return (
    <section class="graph" aria-labelledby="graph-title">
      <div class="tools">
        <h2 id="graph-title">Links and ports</h2>
        <p class="muted">Arrows lead from a recipient to its source, and from a host port to its container.</p>
        <button type="button" aria-pressed={fits} onClick={() => setFits(!fits)}>
          Fit to window
        </button>
      </div>
      {trouble !== undefined && (
        <p class="fault" role="alert">
          {trouble}
        </p>
      )}
      {svg === undefined && trouble === undefined && !isEmpty && <p class="nothing">Loading …</p>}
      {isEmpty && <p class="nothing">No containers yet.</p>}
      <section
        ref={place}
        class={`drawing ${fits ? 'fits' : ''}`}
        tabIndex={0}
        aria-label="Graph of containers, links and ports"
      />
    </section>
  );
}

/** Returns the drawing of the present state. */
function useDrawing() {
  const [svg, setSvg] = useState<SVGSVGElement>();
  const [trouble, setTrouble] = useState<string>();
  const version = fleet.version.value;
  const isOpen = visible.value && connection.value.kind === 'open';
  const isFirst = useRef(true);
  useEffect(() => {
    if (!isOpen) return;
    const end = new AbortController();
    const draw = async () => {
      isFirst.current = false;
      try {
        setSvg(drawingOf(await client.text('/v1/topology', 'image/svg+xml', { signal: end.signal })));
        setTrouble(undefined);
      } catch (error) {
        if (!end.signal.aborted) setTrouble((error as Error).message);
      }
    };
    const timer = setTimeout(draw, isFirst.current ? 0 : GATHER_MS);
    return () => {
      clearTimeout(timer);
      end.abort();
    };
  }, [version, isOpen]);
  return { svg, trouble };
}
