import { CreateView, EditView } from './create/view.js';
import { GraphView } from './graph/view.js';
import { ListView } from './list/view.js';
import { Panel } from './panel/panel.js';
import { Banners } from './parts/banners.js';
import { Header } from './parts/header.js';
import { TokenDialog } from './parts/token-dialog.js';
import { announcement } from './state/announce.js';
import { isNarrow } from './state/narrow.js';
import { route, selected } from './state/route.js';

/** The whole page: a header, what it is about, and beside that the container that was chosen. */
export function Page() {
  const name = selected();
  return (
    <>
      <button
        type="button"
        class="skip"
        onClick={() =>
          document.getElementById(isNarrow.value && name !== undefined ? 'panel-title' : 'content')?.focus()
        }
      >
        Skip to the content
      </button>
      <Header />
      <Banners />
      <div class={`stage ${name === undefined ? '' : 'with-panel'}`}>
        <main id="content" tabIndex={-1}>
          <View />
        </main>
        {name !== undefined && <Panel key={name} name={name} />}
      </div>
      <TokenDialog />
      <p class="unseen" role="status" aria-live="polite">
        {announcement}
      </p>
    </>
  );
}

function View() {
  const { value } = route;
  switch (value.view) {
    case 'list':
      return <ListView />;
    case 'graph':
      return <GraphView />;
    case 'new':
      return <CreateView />;
    case 'edit':
      return <EditView key={value.name} name={value.name} />;
  }
}
