import type { Problem } from './types.js';

/** The codes that a server of this version answers with. */
export type ProblemCode = Problem['code'];

/** One fault of a request: in which part of it, where there (a JSON pointer), and what is wrong. */
export type Fault = NonNullable<Problem['errors']>[number];

/** An answer that is a refusal. Its message says what is wrong, where, and what to do. */
export class BerthProblem extends Error {
  override readonly name = 'BerthProblem';
  readonly status: number;
  /** Stable, for programs; `unknown` when what answered was not Berth. */
  readonly code: ProblemCode | 'unknown';
  /** Every fault of the request; none where the problem is not one of the request's parts. */
  readonly errors: readonly Fault[];
  /** As in the server's log. */
  readonly requestId: string | undefined;
  /** How long to wait before trying again, in seconds, where the server knows. */
  readonly retryAfterSeconds: number | undefined;

  constructor(answer: Response, problem: Partial<Problem>) {
    super(
      problem.detail ?? `${answer.url} answered ${answer.status} and not what Berth answers: is it the right address?`,
    );
    this.status = answer.status;
    this.code = problem.code ?? 'unknown';
    this.errors = problem.errors ?? [];
    this.requestId = problem.requestId ?? answer.headers.get('x-request-id') ?? undefined;
    const seconds = Number(answer.headers.get('retry-after') ?? Number.NaN);
    this.retryAfterSeconds = Number.isFinite(seconds) ? seconds : undefined;
  }
}

/** Reads what an answer refuses with. */
export async function problemOf(answer: Response): Promise<BerthProblem> {
  const isProblem = answer.headers.get('content-type')?.startsWith('application/problem+json') === true;
  if (isProblem) return new BerthProblem(answer, (await answer.json()) as Problem);
  await answer.body?.cancel();
  return new BerthProblem(answer, {});
}
