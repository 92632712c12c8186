import { TONES, type ToneFilter } from '../logic/list.js';
import type { Tone } from '../logic/status.js';
import { ToneIcon } from '../parts/icons.js';

const WORDS: Readonly<Record<Tone, string>> = {
  failing: 'Failing',
  unknown: 'Unknown',
  working: 'In progress',
  leaving: 'Deleting',
  stopped: 'Stopped',
  ready: 'Ready',
};

/** Filters by tone, each with the number of its containers. */
export function ToneFilters(given: {
  readonly chosen: ToneFilter;
  readonly counts: ReadonlyMap<Tone, number>;
  readonly matching: number;
  readonly choose: (tone: ToneFilter) => void;
}) {
  const { chosen, counts, matching, choose } = given;
  return (
    <fieldset class="filters">
      <legend class="unseen">Filter by status</legend>
      <button type="button" aria-pressed={chosen === null} onClick={() => choose(null)}>
        All <b>{matching}</b>
      </button>
      {TONES.filter((tone) => counts.has(tone) || tone === chosen).map((tone) => (
        <button
          key={tone}
          type="button"
          aria-pressed={chosen === tone}
          onClick={() => choose(chosen === tone ? null : tone)}
        >
          <ToneIcon tone={tone} />
          {WORDS[tone]} <b>{counts.get(tone) ?? 0}</b>
        </button>
      ))}
    </fieldset>
  );
}
