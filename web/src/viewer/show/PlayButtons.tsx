/** Play, or go on and start over; a visitor signs in on the way, because playing asks for it. */
import type { Show } from '../../api/types';
import { length } from '../../language/format';
import { useMessages } from '../../language/language';
import { useSession } from '../../session/session';
import { LinkButton } from '../../ui/Button';
import { isUnderWay } from '../shows/progress';
import { useWatchedShows } from '../shows/queries';

export function PlayButtons({ show }: { show: Show }) {
  const words = useMessages();
  const session = useSession();
  const watched = useWatchedShows().data?.items.find((entry) => entry.showId === show.id);
  if (!show.hlsSrcVideoURL && !show.dashSrcVideoURL) return <p>{words.playFailed.nothingToPlay}</p>;
  if (!watched || !isUnderWay(watched)) {
    return (
      <LinkButton weight="main" icon="play" to={`/watch/${show.id}`}>
        {session.status === 'nobody' ? words.signInToWatch : words.play}
      </LinkButton>
    );
  }
  const leftSeconds = (show.durationSeconds ?? 0) - watched.positionSeconds;
  return (
    <>
      <LinkButton weight="main" icon="play" to={`/watch/${show.id}`}>
        {words.resume}
        {leftSeconds > 0 && ` · ${words.leftToWatch(length(leftSeconds))}`}
      </LinkButton>
      <LinkButton icon="restart" to={`/watch/${show.id}?t=0`}>
        {words.startOver}
      </LinkButton>
    </>
  );
}
