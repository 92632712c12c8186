/** Fields of where a container's image comes from, and when it is updated. */

import { Type } from 'typebox';
import { closed, literals } from '../../../lib/schema.js';
import { type Fields, flag, optional } from './field.js';

/** Time between two checks of a tag unless a definition says otherwise, in seconds. */
export const DEFAULT_UPDATE_INTERVAL_SECONDS = 6 * 3600;

const UpdateWindow = Type.Object(
  {
    from: Type.String({ description: 'Begin, as HH:MM.', examples: ['02:00'] }),
    to: Type.String({ description: 'End, as HH:MM; before `from` for a window over midnight.', examples: ['05:00'] }),
    timeZone: Type.Optional(
      Type.String({ default: 'UTC', description: 'IANA time zone of both times.', examples: ['Europe/Berlin'] }),
    ),
  },
  closed,
);

export const IMAGE_FIELDS = {
  updatePolicy: optional(
    Type.Unsafe<'manual' | 'notify' | 'automatic'>({
      ...literals('manual', 'notify', 'automatic'),
      default: 'manual',
      description:
        'What happens when the tag moves in its registry. notify: the condition ImageUpdateAvailable reports it. automatic: Berth replaces the container, and rolls back if that fails. manual: the registry is not asked.',
    }),
    { applies: 'never' },
  ),
  updateIntervalSeconds: optional(
    Type.Integer({
      default: DEFAULT_UPDATE_INTERVAL_SECONDS,
      description: 'Time between two checks of the tag, varied by a tenth. At least 10.',
    }),
    { applies: 'never' },
  ),
  updateWindow: optional(
    Type.Object(UpdateWindow.properties, {
      ...closed,
      description: 'Time of day in which automatic updates may begin; at any time without it.',
      examples: [{ from: '02:00', to: '05:00', timeZone: 'Europe/Berlin' }],
    }),
    { applies: 'never' },
  ),
  stateful: optional(
    flag(
      'Confirms that its writable volumes survive an automatic update and its roll-back: Berth brings back the previous image, never previous data.',
    ),
    { applies: 'never' },
  ),
} as const satisfies Fields;
