/** Keys for programs. */
import { infiniteQueryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { FreshKey, Scope } from '../../api/types';

export const KEYS = ['mine', 'keys'];
const A_PAGE = 24;

export const keys = infiniteQueryOptions({
  queryKey: KEYS,
  queryFn: ({ pageParam }) =>
    answered(
      api.GET('/auth/api-keys', {
        params: { query: { limit: A_PAGE, ...(pageParam && { cursor: pageParam }) } },
      }),
    ),
  initialPageParam: '',
  getNextPageParam: (page) => page.nextCursor,
});

export function makeKey(name: string, scopes: Scope[]): Promise<FreshKey> {
  return answered(api.POST('/auth/api-keys', { body: { name, scopes } }));
}

export function revokeKey(keyId: string): Promise<void> {
  return answered(api.DELETE('/auth/api-keys/{key_id}', { params: { path: { key_id: keyId } } }));
}
