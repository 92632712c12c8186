/** Deliveries that failed for good, and those of them that are to be sent again. */

import type { EventRecord } from '../event.js';

export const DELIVERY_STATES = ['dead', 'pending'] as const;
/** `dead`: no longer tried. `pending`: a client has asked to send it again. */
export type DeliveryState = (typeof DELIVERY_STATES)[number];

export interface Delivery {
  readonly webhook: string;
  /** Id of the event in the event log. */
  readonly eventId: number;
  /** A copy: the event log drops its oldest events. */
  readonly event: EventRecord;
  readonly state: DeliveryState;
  readonly attempts: number;
  /** Failure of the last attempt. */
  readonly error: string;
  readonly failedAt: Date;
}

/** Limit of kept deliveries of one webhook; the oldest go. */
export const MOST_DELIVERIES = 500;

/** Identifies a delivery: the webhook and the event. */
export const deliveryKey = ({ webhook, eventId }: Pick<Delivery, 'webhook' | 'eventId'>): string =>
  `${webhook}/${eventId}`;
