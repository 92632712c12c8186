/**
 * Route of the page, from the fragment of its address: it can be linked, bookmarked and reached with the back button.
 */
export type Route =
  | { readonly view: 'list' | 'graph'; readonly name: string | undefined }
  | { readonly view: 'new' }
  | { readonly view: 'edit'; readonly name: string };

/** Reads a fragment. An unknown one leads to the list. */
export function routeOf(hash: string): Route {
  const [view, name, more] = hash.replace(/^#\/?/, '').split('/').map(decoded);
  if (view === 'new') return { view: 'new' };
  if (view === 'graph') return { view: 'graph', name: name || undefined };
  if (view === 'containers' && name && more === 'edit') return { view: 'edit', name };
  if (view === 'containers') return { view: 'list', name: name || undefined };
  return { view: 'list', name: undefined };
}

/** Reads the token of a sign-in link, `#token=…`; undefined for any other fragment. */
export function tokenIn(hash: string): string | undefined {
  return new URLSearchParams(hash.replace(/^#/, '')).get('token')?.trim() || undefined;
}

function decoded(part: string): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

/** Writes a fragment. */
export function hashOf(route: Route): string {
  switch (route.view) {
    case 'new':
      return '#/new';
    case 'edit':
      return `#/containers/${encodeURIComponent(route.name)}/edit`;
    case 'graph':
    case 'list': {
      const base = route.view === 'graph' ? '#/graph' : '#/containers';
      return route.name === undefined ? base : `${base}/${encodeURIComponent(route.name)}`;
    }
  }
}
