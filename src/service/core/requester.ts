import type { NewEvent } from '../../domain/event.js';

/** Sender of a request, for the event log. */
export interface Requester {
  readonly requestId: string;
  readonly actor: string;
}

/** The fields of an event that a request causes, and that is about no container. */
export const byClient = ({ requestId, actor }: Requester): Omit<NewEvent, 'type' | 'reason' | 'message'> => ({
  ...{ container: '', uid: '', by: 'client', before: null, after: null },
  ...{ requestId, actor },
});
