import { afterEach, describe, expect, it } from 'vitest';
import { createDrawing, type Drawing } from '../../../src/http/topology/graphviz.js';

let drawing: Drawing;
afterEach(() => drawing.close());

/** Every node with every other: nothing that is laid out in a moment. */
const dense = (size: number): string => {
  const names = Array.from({ length: size }, (_, index) => `n${index}`);
  return `digraph { ${names.flatMap((a) => names.map((b) => `${a} -> ${b};`)).join(' ')} }`;
};

describe('drawings', () => {
  it('are SVG to be put into a page: no prolog, no colour, no style and no script of their own', async () => {
    drawing = createDrawing();
    const svg = await drawing.draw('digraph { a [id="container:a", class="ready", URL="#/a", tooltip="A"]; a -> b }');
    expect(svg).toMatch(/^<svg role="group" aria-label="[^"]+" width=/);
    expect(svg).toContain('<g id="container:a" class="node ready">');
    expect(svg).toContain('xlink:href="#/a"');
    expect(svg).toContain('<text fill="currentColor" ');
    expect(svg).not.toMatch(/style=|<style|<script|black|#000|<!DOCTYPE|<\?xml/);
  });

  it('of one text are made once, also for those who ask at the same time', async () => {
    drawing = createDrawing();
    const [first, second] = await Promise.all([drawing.draw('digraph { a }'), drawing.draw('digraph { a }')]);
    expect(second).toBe(first);
    expect(await drawing.draw('digraph { b }')).not.toBe(first);
  });

  it('that take too long are given up, and hold up no other', async () => {
    drawing = createDrawing({ limitMs: 2000 });
    const slow = drawing.draw(dense(200));
    const quick = drawing.draw('digraph { a }');
    await expect(slow).rejects.toMatchObject({ code: 'too-large-to-draw', message: expect.stringContaining('?set=') });
    await expect(quick).resolves.toContain('<svg');
  });

  it('are refused where too many wait', async () => {
    drawing = createDrawing();
    const asked = Array.from({ length: 20 }, (_, index) => drawing.draw(`digraph { n${index} }`));
    const outcomes = await Promise.allSettled(asked);
    const refused = outcomes.filter(({ status }) => status === 'rejected');
    expect(refused).toHaveLength(3);
    expect(refused).toMatchObject(refused.map(() => ({ reason: { code: 'busy', retryAfterSeconds: 2 } })));
    await expect(drawing.draw('digraph { n19 }')).resolves.toContain('<svg');
  });

  it('of a text that Graphviz refuses fail, and leave the next alone', async () => {
    drawing = createDrawing();
    await expect(drawing.draw('digraph {')).rejects.toThrow('syntax error');
    await expect(drawing.draw('digraph { a }')).resolves.toContain('<svg');
  });
});
