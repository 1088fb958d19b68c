/** The rows that only the signed-in have; while they load, or when they fail, the page does without them. */
import { useMessages } from '../../language/language';
import { Rail } from '../shows/Rail';
import { ShowCard } from '../shows/ShowCard';
import { fractionWatched, isUnderWay } from '../shows/progress';
import { useListedShows, useWatchedShows } from '../shows/queries';

export function ContinueRail() {
  const words = useMessages();
  const underWay = useWatchedShows().data?.items.filter(isUnderWay) ?? [];
  if (underWay.length === 0) return null;
  return (
    <Rail title={words.continueWatching}>
      {underWay.map((watched) => (
        <li key={watched.showId}>
          <ShowCard show={watched.show} watched={fractionWatched(watched)} leadsTo="playing" />
        </li>
      ))}
    </Rail>
  );
}

export function ListRail() {
  const words = useMessages();
  const listed = useListedShows().data?.items ?? [];
  if (listed.length === 0) return null;
  return (
    <Rail title={words.myList}>
      {listed.map(({ show }) => (
        <li key={show.id}>
          <ShowCard show={show} />
        </li>
      ))}
    </Rail>
  );
}
