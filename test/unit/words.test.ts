import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, it } from 'vitest';

const sources = readdirSync('src', { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:tsx?|mjs)$/.test(file) && !file.startsWith('generated'))
  .map((file) => path.join('src', file));

const docstrings = sources.flatMap((file) =>
  [...readFileSync(file, 'utf8').matchAll(/\/\*\*[\s*]*([^\n]+)/g)].map(([, text = '']) => ({ file, text })),
);

it('at most 2 % of the docstrings in src begin with What, Whose, Whether, Which, Of, Where, How or Who', () => {
  expect(docstrings.length).toBeGreaterThan(1000);
  const stilted = docstrings.filter(({ text }) => /^(?:What|Whose|Whether|Which|Of|Where|How|Who)\b/.test(text));
  const shown = stilted.map(({ file, text }) => `${file}: ${text}`).join('\n');
  expect(stilted.length / docstrings.length, `begin these with a verb or a noun:\n${shown}`).toBeLessThanOrEqual(0.02);
});
