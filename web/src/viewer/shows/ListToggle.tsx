/** Puts a show on one's list; a visitor is asked to sign in first and comes back. */
import { useLocation, useNavigate } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { signInAddress } from '../../session/nextPage';
import { useSession } from '../../session/session';
import { Button } from '../../ui/Button';
import { useListedShows, useListing } from './queries';

export function ListToggle({ showId }: { showId: string }) {
  const words = useMessages();
  const session = useSession();
  const navigate = useNavigate();
  const location = useLocation();
  const listed = useListedShows();
  const listing = useListing(showId);
  const known = listed.data?.items.some((entry) => entry.show.id === showId) ?? false;
  // What was asked for counts until the server has said how it stands.
  const on = listing.isPending ? listing.variables : known;
  // A server without lists has no button for them.
  if (hasStatus(listed.error, 404)) return null;
  const toggle = () => {
    if (session.status === 'somebody') listing.mutate(!on);
    else void navigate(signInAddress(location));
  };
  return (
    <Button icon={on ? 'check' : 'add'} aria-pressed={on} onClick={toggle}>
      {words.myList}
    </Button>
  );
}
