import type { Condition, Container } from '../../../openapi/client.js';
import { CONDITION_WORDS, spaced, type Tone } from '../logic/status.js';
import { Age } from '../parts/age.js';
import { ToneIcon } from '../parts/icons.js';
import { Section } from './section.js';

const TONES: Readonly<Record<Condition['status'], Tone>> = { True: 'ready', False: 'failing', Unknown: 'unknown' };
const WORDS: Readonly<Record<Condition['status'], string>> = { True: 'Yes', False: 'No', Unknown: 'Unknown' };

/** Conditions of a container, each with its reason, and with a remedy if there is one. */
export const Conditions = ({ container }: { readonly container: Container }) => (
  <Section title="Conditions">
    <ul class="conditions">
      {container.status.conditions.map((one) => (
        <li key={one.type} class={one.status}>
          <span class="what">
            <ToneIcon tone={toneOf(one, container)} />
            {CONDITION_WORDS[one.type]}: <b>{WORDS[one.status]}</b>
          </span>
          <span class="reason">{spaced(one.reason)}</span>
          <Age time={one.lastTransitionTime} />
          {isToldHere(one, container) && <p class="message">{one.message}</p>}
        </li>
      ))}
    </ul>
  </Section>
);

/**
 * True if the message is shown in this row. A message of Ready that repeats another condition's is shown only there.
 */
const isToldHere = ({ type, message }: Condition, { status }: Container): boolean =>
  message !== '' &&
  (type !== 'Ready' || !status.conditions.some((other) => other.type !== type && other.message === message));

/** Returns the tone of a condition. A requested stop, being exposed and an announcement are no faults. */
function toneOf(condition: Condition, container: Container): Tone {
  const { type, status, reason } = condition;
  if ((type === 'Exposed' || type === 'LinksDeprecated') && status !== 'Unknown') return 'stopped';
  const isAskedFor = status === 'False' && container.state === 'stopped' && /^(Stopped|NotRunning)$/.test(reason);
  return isAskedFor ? 'stopped' : TONES[status];
}
