import { hashOf } from '../logic/route.js';
import { route } from '../state/route.js';
import { mayWrite } from '../state/session.js';
import { type Theme, theme } from '../state/theme.js';
import { ConnectionMark } from './connection.js';
import { PlusIcon } from './icons.js';

export function Header() {
  const { view } = route.value;
  const at = (one: string) => (view === one ? { 'aria-current': 'page' as const } : {});
  return (
    <header class="top">
      <h1>
        <a href="#/containers">Berth</a>
      </h1>
      <nav aria-label="Views">
        <a href="#/containers" {...at('list')}>
          Containers
        </a>
        <a href="/docs" class="wide-only">
          API
        </a>
      </nav>
      <ConnectionMark />
      <ThemeSelect />
      {mayWrite.value && (
        <a class="button primary" href={hashOf({ view: 'new' })} {...at('new')}>
          <PlusIcon />
          <span>
            New<span class="wide-only"> container</span>
          </span>
        </a>
      )}
    </header>
  );
}

const THEMES: readonly (readonly [Theme, string])[] = [
  ['system', 'As the system'],
  ['light', 'Light'],
  ['dark', 'Dark'],
];

function ThemeSelect() {
  return (
    <label class="theme">
      <span class="unseen">Colours</span>
      <select
        value={theme.value}
        onChange={({ currentTarget }) => {
          theme.value = currentTarget.value as Theme;
        }}
      >
        {THEMES.map(([value, word]) => (
          <option key={value} value={value}>
            {word}
          </option>
        ))}
      </select>
    </label>
  );
}
