/** Failures of the API in words that help the person in front of the screen. */
import { type Fault, ProblemError, UnreachableError } from '../api/problem';
import type { Messages } from '../language/messages/en';

const SERVER_FAULT = 500;

export function problemWords(error: unknown, words: Messages): string {
  if (error instanceof UnreachableError) return words.problem.offline;
  if (!(error instanceof ProblemError) || error.status >= SERVER_FAULT) return words.problem.server;
  if (error.status === 403) return words.problem.forbidden;
  if (error.status === 404) return words.problem.notFound;
  if (error.status === 429) {
    return error.retryAfterSeconds === null
      ? words.problem.tooMany
      : words.tooManyTries(error.retryAfterSeconds);
  }
  // The API itself speaks English, and tells more than its kind where it can.
  return words.problem.kinds[error.kind] ?? error.detail;
}

/** What is wrong with one field. A field may have words of its own for a fault. */
export function faultWords({ pointer, code, limit = 0, detail }: Fault, words: Messages): string {
  const field = pointer.split('/').at(-1) ?? '';
  const known: Record<string, string | ((limit: number) => string)> = words.faults;
  const said = known[`${field} ${code}`] ?? known[code];
  return typeof said === 'function' ? said(limit) : (said ?? detail);
}
