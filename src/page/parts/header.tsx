import { hashOf } from '../logic/route.js';
import { announce } from '../state/announce.js';
import { route } from '../state/route.js';
import { mayWrite } from '../state/session.js';
import { type Theme, theme } from '../state/theme.js';
import { ConnectionMark } from './connection.js';
import { PlusIcon, ThemeIcon } from './icons.js';

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
        <a href="#/graph" {...at('graph')}>
          Graph
        </a>
        <a href="/docs" class="wide-only">
          API
        </a>
      </nav>
      <ConnectionMark />
      <ThemeButton />
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

const NEXT: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' };
const WORDS: Readonly<Record<Theme, string>> = { system: 'system', light: 'light', dark: 'dark' };

function ThemeButton() {
  const { value } = theme;
  const label = `Colours: ${WORDS[value]}`;
  return (
    <button
      type="button"
      class="quiet"
      aria-label={label}
      title={label}
      onClick={() => {
        theme.value = NEXT[value];
        announce(`Colours: ${WORDS[NEXT[value]]}`);
      }}
    >
      <ThemeIcon theme={value} />
    </button>
  );
}
