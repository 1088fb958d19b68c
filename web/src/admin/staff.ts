/** Who of the staff may do what, as the API decides it; here only to show nobody a door that is locked. */
import type { User } from '../api/types';
import { useSession } from '../session/session';

export type Right = 'staff' | 'edit' | 'review' | 'administer';

const HOLDERS: Record<Right, User['role'][]> = {
  staff: ['reviewer', 'editor', 'admin'],
  edit: ['editor', 'admin'],
  review: ['reviewer', 'admin'],
  administer: ['admin'],
};

export function holds(user: User, right: Right): boolean {
  return HOLDERS[right].includes(user.role);
}

/** Whether the signed-in person may do this; nobody may nothing. */
export function useMay(right: Right): boolean {
  const session = useSession();
  return session.status === 'somebody' && holds(session.user, right);
}
