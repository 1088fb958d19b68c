/** What somebody may do with their own account. */
import { queryOptions } from '@tanstack/react-query';
import { adopt, adoptUser } from '../../api/accessToken';
import { api } from '../../api/client';
import { answered } from '../../api/problem';

const me = { path: { user_id: 'me' } };

export async function askForResetLink(email: string): Promise<void> {
  await answered(api.POST('/auth/password/forgot', { body: { email } }));
}

/** What the password must be like that is chosen by the link of a mail; 422 for a link that is no good any more. */
export const passwordLink = (token: string) =>
  queryOptions({
    queryKey: ['passwordLink', token],
    queryFn: () => answered(api.POST('/auth/password/link', { body: { token } })),
    // Once the password is chosen the link is used up: nothing to ask again for.
    staleTime: Infinity,
    retry: false,
  });

export async function resetPassword(token: string, password: string): Promise<void> {
  await answered(api.POST('/auth/password/reset', { body: { token, password } }));
  // The server has ended every session, this browser's among them.
  adopt(null);
}

export async function verifyEmail(token: string): Promise<true> {
  await answered(api.POST('/auth/email/verify', { body: { token } }));
  return true;
}

export interface ProfileChanges {
  email: string;
  name: string;
  password?: string;
  currentPassword?: string;
}

export async function saveProfile(changes: ProfileChanges): Promise<void> {
  adoptUser(await answered(api.PUT('/users/{user_id}', { params: me, body: changes })));
}

export async function deleteAccount(): Promise<void> {
  await answered(api.DELETE('/users/{user_id}', { params: me }));
  adopt(null);
}

export const sessions = queryOptions({
  queryKey: ['mine', 'sessions'],
  queryFn: () => answered(api.GET('/auth/sessions')),
});

export async function endOtherSessions(): Promise<void> {
  await answered(api.DELETE('/auth/sessions'));
}

export async function endSession(sessionId: string): Promise<void> {
  await answered(api.DELETE('/auth/sessions/{session_id}', { params: { path: { session_id: sessionId } } }));
}
