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
}

export const auditTrail = ({ action, actor, target }: AuditFilters) =>
  infiniteQueryOptions({
    queryKey: ['mine', 'audit', action, actor, target],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(action && { action: action as AuditEntry['action'] }),
        ...(actor && { actor }),
        ...(target && { target }),
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
