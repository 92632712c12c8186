import { effect, signal } from '@preact/signals';

const KEY = 'berth.theme';
export type Theme = 'system' | 'light' | 'dark';

const read = (): Theme => {
  const kept = localStorage.getItem(KEY);
  return kept === 'light' || kept === 'dark' ? kept : 'system';
};

/** `system` follows the browser's theme. */
export const theme = signal<Theme>(read());

effect(() => {
  document.documentElement.dataset['theme'] = theme.value;
  if (theme.value === 'system') localStorage.removeItem(KEY);
  else localStorage.setItem(KEY, theme.value);
});
