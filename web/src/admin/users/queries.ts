/** Accounts, and what an administrator does with them. */
import { infiniteQueryOptions, queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { User } from '../../api/types';

export const ACCOUNTS = ['mine', 'people'];
const A_PAGE = 24;

export const people = (q: string, role: string) =>
  infiniteQueryOptions({
    queryKey: [...ACCOUNTS, 'list', q, role],
    queryFn: ({ pageParam }) => {
      const query = {
        limit: A_PAGE,
        ...(q && { q }),
        ...(role && { role: role as User['role'] }),
        ...(pageParam && { cursor: pageParam }),
      };
      return answered(api.GET('/users', { params: { query } }));
    },
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
  });

const inPath = (userId: string) => ({ params: { path: { user_id: userId } } });

export const person = (userId: string) =>
  queryOptions({
    queryKey: [...ACCOUNTS, 'one', userId],
    queryFn: () => answered(api.GET('/users/{user_id}', inPath(userId))),
  });

export const sessionsOf = (userId: string) =>
  queryOptions({
    queryKey: [...ACCOUNTS, 'sessions', userId],
    queryFn: () => answered(api.GET('/users/{user_id}/sessions', inPath(userId))),
    select: (page) => page.items,
  });

export function endSession(userId: string, sessionId: string): Promise<void> {
  const params = { path: { user_id: userId, session_id: sessionId } };
  return answered(api.DELETE('/users/{user_id}/sessions/{session_id}', { params }));
}

export function endAllSessions(userId: string): Promise<void> {
  return answered(api.DELETE('/users/{user_id}/sessions', inPath(userId)));
}

export function suspend(userId: string): Promise<void> {
  return answered(api.PUT('/users/{user_id}/suspension', inPath(userId)));
}

export function reinstate(userId: string): Promise<void> {
  return answered(api.DELETE('/users/{user_id}/suspension', inPath(userId)));
}

export function sendReset(userId: string): Promise<unknown> {
  return answered(api.POST('/users/{user_id}/password-reset', inPath(userId)));
}

export function deleteAccount(userId: string): Promise<void> {
  return answered(api.DELETE('/users/{user_id}', inPath(userId)));
}

export async function giveRole(userId: string, role: User['role']): Promise<void> {
  if (role === 'viewer') await answered(api.DELETE('/admins/{user_id}', inPath(userId)));
  else await answered(api.PUT('/admins/{user_id}', { ...inPath(userId), body: { role } }));
}

export interface NewPerson {
  email: string;
  name: string;
  role: User['role'];
}

/** Makes an account without a password: its owner is sent a link to choose one by. */
export async function invite({ email, name, role }: NewPerson): Promise<User> {
  const made = await answered(api.POST('/users', { body: { email, name } }));
  if (role !== 'viewer') await giveRole(made.id, role);
  return made;
}
