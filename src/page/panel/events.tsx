import { useEffect, useState } from 'preact/hooks';
import type { components } from '../../../openapi/client.js';
import { spaced } from '../logic/status.js';
import { Age } from '../parts/age.js';
import { client, connection, fleet } from '../state/live.js';
import { Section } from './section.js';

type Event = components['schemas']['Event'];

/** Limit of the latest events that are shown. */
const MOST = 40;
const PAGE = 500;

/** Recent events of a container, newest first, updated live. */
export function Events({ name, uid }: { readonly name: string; readonly uid: string }) {
  const [earlier, setEarlier] = useState<readonly Event[]>();
  const [trouble, setTrouble] = useState<string>();
  const isOpen = connection.value.kind === 'open';
  useEffect(() => {
    const end = new AbortController();
    if (isOpen) {
      read(name, end.signal).then(
        (events) => {
          setEarlier(events);
          setTrouble(undefined);
        },
        (error: Error) => end.signal.aborted || setTrouble(error.message),
      );
    }
    return () => end.abort();
  }, [name, isOpen]);
  const last = earlier?.at(-1)?.id ?? 0;
  const later = fleet.recent.value.filter((event) => event.container === name && event.id > last);
  const all = [...(earlier ?? []), ...later]
    .filter((event) => event.uid === uid)
    .slice(-MOST)
    .reverse();
  return (
    <Section title="Recent events">
      {trouble !== undefined && <p class="fault">{trouble}</p>}
      <ol class="events">
        {all.map((event) => (
          <li key={event.id}>
            <span class="what">{EVENT_WORDS[event.type] ?? event.type}</span>
            <span class="message">
              {textOf(event)}
              {event.actor !== null && <span class="muted"> · by {event.actor}</span>}
            </span>
            <Age time={event.at} />
          </li>
        ))}
      </ol>
      {earlier !== undefined && all.length === 0 && <p class="muted">No events are kept.</p>}
    </Section>
  );
}

/** Returns the text of an event; the reason of a step names the step. */
const textOf = ({ type, reason, message }: Event): string =>
  type === 'Step' || type === 'StepFailed' ? `${spaced(reason)}: ${message}` : message || spaced(reason);

const EVENT_WORDS: Readonly<Partial<Record<Event['type'], string>>> = {
  DeletionRequested: 'Deletion',
  RestartRequested: 'Restart',
  StepFailed: 'Failed step',
  RolledBack: 'Rolled back',
  ConditionChanged: 'Condition',
};

/** Reads all stored events of one container, since pages begin with the oldest. */
async function read(name: string, signal: AbortSignal): Promise<readonly Event[]> {
  const all: Event[] = [];
  let after: number | undefined;
  for (;;) {
    const query = { container: name, limit: PAGE, ...(after !== undefined && { after }) };
    const { data } = await client.GET('/v1/events', { params: { query }, signal });
    all.push(...data.items);
    if (data.items.length < PAGE) return all;
    after = data.next;
  }
}
