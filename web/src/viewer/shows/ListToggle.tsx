/** Puts a show on one's list; a visitor is asked to sign in first and comes back. */
import { useLocation, useNavigate } from 'react-router';
import { accessToken } from '../../api/accessToken';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { signInAddress } from '../../session/nextPage';
import { Button } from '../../ui/Button';
import { useListedShows, useListing } from './queries';

export function ListToggle({ showId }: { showId: string }) {
  const words = useMessages();
  const navigate = useNavigate();
  const location = useLocation();
  const listed = useListedShows();
  const listing = useListing(showId);
  const known = listed.data?.items.some((entry) => entry.show.id === showId) ?? false;
  // What was asked for counts until the server has said how it stands.
  const on = listing.isPending ? listing.variables : known;
  // A server without lists has no button for them.
  if (hasStatus(listed.error, 404)) return null;
  // Pressed before it is known who is here, it waits for that: the signed-in are not sent to sign in.
  const toggle = async () => {
    if (await accessToken().catch(() => null)) listing.mutate(!on);
    else void navigate(signInAddress(location));
  };
  return (
    <Button icon={on ? 'check' : 'add'} aria-pressed={on} onClick={() => void toggle()}>
      {words.myList}
    </Button>
  );
}
