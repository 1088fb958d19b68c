/** The audit trail, and the staff to narrow it to. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { AuditEntry } from '../../api/types';

const A_PAGE = 50;

export interface AuditFilters {
  action: string;
  actor: string;
  target: string;
  /** Days of whoever asks, both of them among what is shown. */
  since: string;
  until: string;
}

/** When the day begins, or the one after it; nothing where there is no day. */
function startOf(day: string, daysLater = 0): string {
  const date = new Date(`${day}T00:00`);
  if (Number.isNaN(date.getTime())) return '';
  date.setDate(date.getDate() + daysLater);
  return date.toISOString();
}

export const auditTrail = ({ action, actor, target, since, until }: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['mine', 'audit', action, actor, target, since, until],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(action && { action: action as AuditEntry['action'] }),
        ...(actor && { actor }),
        ...(target && { target }),
        ...(startOf(since) && { since: startOf(since) }),
        ...(startOf(until) && { until: startOf(until, 1) }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/audit', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

/** Of whom there is most to read, by id. */
export const staffNames = queryOptions({
  queryKey: ['mine', 'audit', 'staff'],
  queryFn: () => answered(api.GET('/admins', { params: { query: { limit: 100 } } })),
  select: ({ items }) => new Map(items.map((user) => [user.id, user.name || user.email])),
});
