/** Whether an account is open. */
import type { User } from '../../api/types';
import { Badge } from '../kit/Badge';
import { useWords } from '../words';
import { peopleWords } from './words';

export function AccountBadge({ user }: { user: User }) {
  const words = useWords(peopleWords);
  if (user.suspended) return <Badge tone="bad">{words.suspended}</Badge>;
  if (!user.emailVerified) return <Badge tone="waiting">{words.unverified}</Badge>;
  return <Badge tone="good">{words.active}</Badge>;
}
