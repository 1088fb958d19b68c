/** Subscriptions, and the log of what was told to whom. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { Delivery, NewSubscription, NewSubscriptionDetail } from '../../api/types';

export const NOTIFICATIONS = ['mine', 'notifications'];
const A_PAGE = 24;
const LOOK_AGAIN_MILLISECONDS = 2000;

export const subscriptions = infiniteQueryOptions({
  queryKey: [...NOTIFICATIONS, 'subscriptions'],
  queryFn: ({ pageParam }) =>
    answered(
      api.GET('/notifications/subscriptions', {
        params: { query: { limit: A_PAGE, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

export const deliveries = (state: string, event: string) =>
  infiniteQueryOptions({
    queryKey: [...NOTIFICATIONS, 'deliveries', state, event],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(state && { state: state as Delivery['state'] }),
        ...(event && { event: event as Delivery['event'] }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/notifications/deliveries', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // What is on its way is looked at until it has arrived.
    refetchInterval: (query) =>
      query.state.data?.pages.some((page) => page.items.some((each) => each.state === 'pending'))
        ? LOOK_AGAIN_MILLISECONDS
        : false,
  });

const inPath = (id: string) => ({ params: { path: { subscription_id: id } } });

export function subscribe(body: NewSubscription): Promise<NewSubscriptionDetail> {
  return answered(api.POST('/notifications/subscriptions', { body }));
}

export function unsubscribe(id: string): Promise<void> {
  return answered(api.DELETE('/notifications/subscriptions/{subscription_id}', inPath(id)));
}

export function sendTest(id: string): Promise<Delivery> {
  return answered(api.POST('/notifications/subscriptions/{subscription_id}/test', inPath(id)));
}

export function replay(id: string): Promise<Delivery> {
  return answered(
    api.POST('/notifications/deliveries/{delivery_id}/replay', { params: { path: { delivery_id: id } } }),
  );
}
