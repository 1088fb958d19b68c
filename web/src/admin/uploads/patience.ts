/** Asks until there is an answer: a server that is away, overloaded or restarting is waited for. */
import { ProblemError, UnreachableError } from '../../api/problem';
import { wait } from '../kit/wait';

const FIRST_PAUSE_MILLISECONDS = 1000;
const LONGEST_PAUSE_MILLISECONDS = 15_000;
const TOO_MANY = 429;
const SERVER_FAULT = 500;

export interface Patience {
  signal: AbortSignal;
  /** Word of what is waited for; null as soon as there was an answer. */
  onTrouble: (error: unknown) => void;
}

export function mayPass(error: unknown): boolean {
  if (error instanceof UnreachableError) return true;
  return error instanceof ProblemError && (error.status >= SERVER_FAULT || error.status === TOO_MANY);
}

/** The answer of `ask`; throws what will not pass by itself, and what `signal` says. */
export async function patiently<T>(ask: () => Promise<T>, { signal, onTrouble }: Patience): Promise<T> {
  for (let pause = FIRST_PAUSE_MILLISECONDS; ; pause = Math.min(pause * 2, LONGEST_PAUSE_MILLISECONDS)) {
    signal.throwIfAborted();
    try {
      const answer = await ask();
      onTrouble(null);
      return answer;
    } catch (error) {
      if (signal.aborted || !mayPass(error)) throw error;
      onTrouble(error);
      const told = error instanceof ProblemError ? error.retryAfterSeconds : null;
      await wait(told === null ? pause : Math.min(told * 1000, LONGEST_PAUSE_MILLISECONDS), signal);
    }
  }
}
