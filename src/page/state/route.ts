import { effect, signal } from '@preact/signals';
import { hashOf, type Route, routeOf } from '../logic/route.js';

export const route = signal<Route>(routeOf(location.hash));

addEventListener('hashchange', () => {
  route.value = routeOf(location.hash);
});

/** Goes to a route; the back button leads back here. */
export const go = (to: Route): void => {
  location.hash = hashOf(to);
};

/** Returns the name of the container whose panel is open. */
export const selected = (): string | undefined => {
  const { value } = route;
  return value.view === 'list' || value.view === 'graph' ? value.name : undefined;
};

effect(() => {
  const { value } = route;
  const what =
    'name' in value && value.name !== undefined ? `${value.name} · ` : value.view === 'new' ? 'New container · ' : '';
  document.title = `${what}Berth`;
});
