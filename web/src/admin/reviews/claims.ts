/** Claims of this window: what is asked of one show goes out one after the other, so that the last word counts. */

const queues = new Map<string, Promise<unknown>>();
const wanted = new Map<string, number>();

/** Does `ask` when everything that was asked of the show before has been answered, well or not. */
export function inTurn<T>(showId: string, ask: () => Promise<T>): Promise<T> {
  const before = queues.get(showId) ?? Promise.resolve();
  const answer = before.then(ask, ask);
  queues.set(showId, answer);
  const forget = () => {
    if (queues.get(showId) === answer) queues.delete(showId);
  };
  answer.then(forget, forget);
  return answer;
}

/** The show lies on a bench here; returns how to take it off again. */
export function want(showId: string): () => void {
  wanted.set(showId, (wanted.get(showId) ?? 0) + 1);
  return () => {
    const left = (wanted.get(showId) ?? 0) - 1;
    if (left > 0) wanted.set(showId, left);
    else wanted.delete(showId);
  };
}

/** Gives a claim back by `release`, in its turn; not where the show lies on a bench here again by then. */
export function giveBack(showId: string, release: () => Promise<void>): Promise<void> {
  return inTurn(showId, () => (wanted.has(showId) ? Promise.resolve() : release()));
}
