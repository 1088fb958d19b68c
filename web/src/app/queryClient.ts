/** The client's memory of what the API said: asks again after a stumble, never after a refusal, forgets who signed out. */
import { notifyManager, QueryClient } from '@tanstack/react-query';
import { currentAccess, onAccess } from '../api/accessToken';
import { ProblemError } from '../api/problem';

const TRIES = 2;
const SERVER_FAULT = 500;

function isStumble(error: unknown): boolean {
  return !(error instanceof ProblemError) || error.status >= SERVER_FAULT;
}

export function makeQueryClient(): QueryClient {
  // A button knows that it was pressed before the second click of a double click comes: nothing is made twice.
  notifyManager.setScheduler(queueMicrotask);
  const client = new QueryClient({
    defaultOptions: { queries: { retry: (failures, error) => isStumble(error) && failures < TRIES } },
  });
  let person = personId();
  onAccess(() => {
    if (personId() === person) return;
    person = personId();
    client.removeQueries({ queryKey: ['mine'] });
  });
  return client;
}

function personId(): string | null {
  const access = currentAccess();
  return access.status === 'somebody' ? access.user.id : null;
}
