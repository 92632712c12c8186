/** Answers to keyed requests, stored in the same transaction as their changes. */

import { Problem } from '../../domain/problems/problem.js';
import type { Store, StoreTransaction } from '../../store/types.js';
import type { KeptAnswer, KeyedRequest } from './options.js';

export interface AnswerService {
  /** Returns the answer to a keyed request; null if there is none. */
  answerTo(key: string): Promise<(KeptAnswer & { readonly request: string }) | null>;
  /** Keeps an answer that changed nothing, such as a refusal. */
  keepAnswer(key: string, request: string, answer: KeptAnswer): Promise<void>;
}

export const createAnswers = (store: Pick<Store, 'responseTo' | 'transact'>): AnswerService => ({
  answerTo: store.responseTo,
  keepAnswer: (key, request, answer) => store.transact((tx) => tx.respond({ ...answer, key, request })),
});

/**
 * Checks that a request has no kept answer: to be called first in the transaction. @throws Problem
 * `idempotency-in-flight` if an equal request was answered meanwhile
 */
export async function checkUnanswered(tx: StoreTransaction, keyed: KeyedRequest<never> | undefined): Promise<void> {
  if (keyed === undefined || (await tx.responseTo(keyed.key)) === null) return;
  throw new Problem(
    'idempotency-in-flight',
    'A request with this Idempotency-Key was just answered. Send it again to get the answer.',
    {
      retryAfterSeconds: 1,
    },
  );
}

/** Keeps the client's answer, if its request has a key. */
export async function answer<T>(tx: StoreTransaction, keyed: KeyedRequest<T> | undefined, outcome: T): Promise<void> {
  if (keyed === undefined) return;
  await tx.respond({ ...(await keyed.answer(outcome)), key: keyed.key, request: keyed.request });
}
