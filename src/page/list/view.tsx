import { computed, signal } from '@preact/signals';
import { useEffect, useRef } from 'preact/hooks';
import { type Sort, type SortKey, shownOf, type ToneFilter } from '../logic/list.js';
import { fleet } from '../state/live.js';
import { mayWrite } from '../state/session.js';
import { ToneFilters } from './filters.js';
import { ContainerTable } from './table.js';

const text = signal('');
const tone = signal<ToneFilter>(null);
const sort = signal<Sort>({ by: 'name', descending: false });
const shown = computed(() => shownOf(fleet.containers.value.values(), text.value, tone.value, sort.value));

/** Sorts by a column; in reverse if the list is already sorted by it. */
function sortBy(by: SortKey): void {
  const { value } = sort;
  sort.value = { by, descending: value.by === by && !value.descending };
}

/** List of all containers, with search, filters and sorting. */
export function ListView() {
  const input = useRef<HTMLInputElement>(null);
  useEffect(() => {
    const focus = (event: KeyboardEvent) => {
      if (event.key !== '/' || isTyping(event.target)) return;
      event.preventDefault();
      input.current?.focus();
    };
    addEventListener('keydown', focus);
    return () => removeEventListener('keydown', focus);
  }, []);
  const { items, counts, matching } = shown.value;
  const all = fleet.containers.value.size;
  return (
    <section class="list" aria-labelledby="list-title">
      <div class="tools">
        <h2 id="list-title">Containers</h2>
        <label class="search">
          <span class="unseen">Search by name, image, port, link or label</span>
          <input
            ref={input}
            type="search"
            placeholder="Search name, image, :port, link …"
            value={text}
            onInput={({ currentTarget }) => {
              text.value = currentTarget.value;
            }}
          />
          <span class="key" aria-hidden="true">
            /
          </span>
        </label>
        <ToneFilters
          chosen={tone.value}
          counts={counts}
          matching={matching}
          choose={(to) => {
            tone.value = to;
          }}
        />
      </div>
      {items.length > 0 && <ContainerTable items={items} sort={sort.value} sortBy={sortBy} />}
      {items.length === 0 && <Nothing all={all} />}
      <p class="unseen" role="status">
        {fleet.loaded.value && (text.value !== '' || tone.value !== null) ? `${items.length} of ${all} shown` : ''}
      </p>
    </section>
  );
}

function Nothing({ all }: { readonly all: number }) {
  if (!fleet.loaded.value) return <p class="nothing">Loading …</p>;
  if (all > 0) {
    return (
      <p class="nothing">
        None of the {all} containers matches.{' '}
        <button
          type="button"
          onClick={() => {
            text.value = '';
            tone.value = null;
          }}
        >
          Show all
        </button>
      </p>
    );
  }
  return (
    <div class="nothing">
      <p>No containers yet.</p>
      {mayWrite.value && (
        <p>
          <a href="#/new">Create the first container</a>with a form or from a <code>docker run</code> command.
        </p>
      )}
    </div>
  );
}

const isTyping = (target: EventTarget | null): boolean =>
  target instanceof HTMLElement && target.matches('input, textarea, select');
