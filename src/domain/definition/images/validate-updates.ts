/** Checks when and how the image of a definition is updated. */

import { isTagged } from '../../images/resolution.js';
import { minuteOf } from '../../images/update-window.js';
import type { FieldFault } from '../../problems/result.js';
import { checked, type DefinitionInput, type Rules, type Written } from '../definition.js';

const MIN_INTERVAL_SECONDS = 10;
const MAX_INTERVAL_SECONDS = 31 * 24 * 3600;

/** Rules of the fields that say when an image is updated. */
export const UPDATE_RULES = {
  updatePolicy: checked(policyFaults),
  updateIntervalSeconds: checked((seconds) =>
    seconds >= MIN_INTERVAL_SECONDS && seconds <= MAX_INTERVAL_SECONDS
      ? []
      : [
          {
            pointer: '/updateIntervalSeconds',
            message: `must be ${MIN_INTERVAL_SECONDS} to ${MAX_INTERVAL_SECONDS} seconds`,
          },
        ],
  ),
  updateWindow: (window) => {
    const { timeZone, ...times } = window;
    const isUtc = timeZone === undefined || timeZone === 'UTC';
    return { value: { ...times, ...(!isUtc && { timeZone }) }, faults: windowFaults(window) };
  },
} satisfies Partial<Rules>;

function policyFaults(policy: Written<'updatePolicy'>, input: DefinitionInput): readonly FieldFault[] {
  if (policy === 'manual') return [];
  const at = (message: string): readonly FieldFault[] => [{ pointer: '/updatePolicy', message }];
  if (!isTagged(input.image)) {
    return at(`${policy} follows a tag, and the image names a digest or an id; name a tag, or use manual`);
  }
  if (policy === 'notify') return [];
  if (input.pullPolicy === 'never') return at('automatic updates pull images, which pullPolicy never forbids');
  const writable = (input.volumes ?? []).find(({ readOnly }) => readOnly !== true);
  if (writable === undefined || input.stateful === true) return [];
  return at(
    `automatic updates can't be rolled back with what they write to ${writable.target}: mount it readOnly, use notify, or set stateful to true if older versions of the image can read newer data`,
  );
}

function windowFaults({ from, to, timeZone = 'UTC' }: Written<'updateWindow'>): readonly FieldFault[] {
  const times = Object.entries({ from, to }).flatMap(([part, text]) =>
    minuteOf(text) === undefined
      ? [{ pointer: `/updateWindow/${part}`, message: `${JSON.stringify(text)} is not a time; write HH:MM, as 02:30` }]
      : [],
  );
  const same = from === to ? [{ pointer: '/updateWindow/to', message: 'must differ from `from`' }] : [];
  return isTimeZone(timeZone)
    ? [...times, ...same]
    : [
        ...times,
        ...same,
        {
          pointer: '/updateWindow/timeZone',
          message: `${JSON.stringify(timeZone)} is not a known time zone; write one as Europe/Berlin`,
        },
      ];
}

function isTimeZone(timeZone: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone });
    return true;
  } catch {
    return false;
  }
}
