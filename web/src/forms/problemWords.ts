/** Failures of the API in words that help the person in front of the screen. */
import { ProblemError, UnreachableError } from '../api/problem';
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
  return error.detail;
}
