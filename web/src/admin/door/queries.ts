/** What the API says to whoever stands before the door. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

export const setupState = queryOptions({
  queryKey: ['setup'],
  queryFn: () => answered(api.GET('/auth/setup')),
});
