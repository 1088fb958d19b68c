/** What went wrong lately between this house and others: events that were not acted on, and word that did not arrive. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

const LOOK_AGAIN_MILLISECONDS = 20_000;
/** What is older has been seen: nobody can put it away. */
const LATELY_MILLISECONDS = 7 * 24 * 60 * 60_000;
const MOST_COUNTED = 100;

export interface Unheard {
  unreadable: number;
  failedEvents: number;
  failedDeliveries: number;
}

function countLately(moments: string[], now: number): number {
  return moments.filter((at) => now - Date.parse(at) < LATELY_MILLISECONDS).length;
}

async function eventsWith(status: 'unreadable' | 'failed'): Promise<number> {
  const query = { status, limit: MOST_COUNTED };
  const { items } = await answered(api.GET('/ingest/events', { params: { query } }));
  return countLately(
    items.map(({ receivedAt }) => receivedAt),
    Date.now(),
  );
}

async function failedDeliveries(): Promise<number> {
  const query = { state: 'failed' as const, limit: MOST_COUNTED };
  const { items } = await answered(api.GET('/notifications/deliveries', { params: { query } }));
  return countLately(
    items.map(({ createdAt }) => createdAt),
    Date.now(),
  );
}

/** Counted in the newest hundred of each; for administrators, who alone may read them. */
export const unheard = queryOptions({
  queryKey: ['mine', 'overview', 'unheard'],
  queryFn: async (): Promise<Unheard> => {
    const [unreadable, failedEvents, failed] = await Promise.all([
      eventsWith('unreadable'),
      eventsWith('failed'),
      failedDeliveries(),
    ]);
    return { unreadable, failedEvents, failedDeliveries: failed };
  },
  refetchInterval: LOOK_AGAIN_MILLISECONDS,
});
