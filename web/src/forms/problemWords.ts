/** Failures of the API in words that help the person in front of the screen. */
import { type Fault, ProblemError, UnreachableError } from '../api/problem';
import { length } from '../language/format';
import type { Messages } from '../language/messages/en';
import type { ProblemWords } from '../language/messages/enProblems';

const SERVER_FAULT = 500;
const TOO_MANY = 429;

export function problemWords(error: unknown, words: Messages): string {
  if (error instanceof UnreachableError) return words.problem.offline;
  if (!(error instanceof ProblemError)) return words.problem.server;
  const known: Partial<Record<string, ProblemWords>> = words.problem.kinds;
  const told = known[error.kind] ?? wordsByStatus(error, words);
  const said = typeof told === 'function' ? told(error.params) : told;
  return error.status === TOO_MANY ? `${said} ${waitWords(error, words)}` : said;
}

/** Of what a proxy in between says, or a server that is newer than this page. */
function wordsByStatus({ status, detail }: ProblemError, { problem }: Messages): string {
  if (status >= SERVER_FAULT) return problem.server;
  if (status === 403) return problem.forbidden;
  if (status === 404) return problem.notFound;
  return status === TOO_MANY ? problem.tooMany : detail || problem.server;
}

function waitWords({ retryAfterSeconds }: ProblemError, { problem }: Messages): string {
  return retryAfterSeconds === null ? problem.waitMoment : problem.waitFor(length(retryAfterSeconds));
}

/** What is wrong with one field. A field may have words of its own for a fault. */
export function faultWords({ pointer, code, limit = 0, detail }: Fault, words: Messages): string {
  const field = pointer.split('/').at(-1) ?? '';
  const known: Record<string, string | ((limit: number) => string)> = words.faults;
  const said = known[`${field} ${code}`] ?? known[code];
  return typeof said === 'function' ? said(limit) : (said ?? detail);
}
