/** What somebody has kept to watch. */
import type { Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { IconButton, LinkButton } from '../../ui/Button';
import { Emptiness, FaultNotice } from '../../ui/Notice';
import { focusPageTitle, PageTitle } from '../../ui/PageTitle';
import { problemWords } from '../../forms/problemWords';
import { ShowCard } from '../shows/ShowCard';
import { ShowGrid, ShowGridSkeleton } from '../shows/ShowGrid';
import { useListedShows, useListing } from '../shows/queries';
import styles from './LibraryPages.module.css';

export function MyListPage() {
  const words = useMessages();
  const listed = useListedShows();
  return (
    <div className={styles.page}>
      <PageTitle name={words.myList} className={styles.title} />
      {listed.isPending && <ShowGridSkeleton />}
      {listed.isError && (
        <FaultNotice
          words={problemWords(listed.error, words)}
          again={{ label: words.tryAgain, run: () => void listed.refetch() }}
        />
      )}
      {listed.data?.items.length === 0 && (
        <Emptiness title={words.myListEmpty} hint={words.myListEmptyHint}>
          <LinkButton weight="main" to="/browse">
            {words.findSomething}
          </LinkButton>
        </Emptiness>
      )}
      <ShowGrid>
        {listed.data?.items.map(({ show }) => (
          <ListedShow key={show.id} show={show} />
        ))}
      </ShowGrid>
    </div>
  );
}

function ListedShow({ show }: { show: Show }) {
  const words = useMessages();
  const listing = useListing(show.id);
  const label = words.removeFromList(show.title);
  const remove = () => {
    listing.mutate(false);
    focusPageTitle();
  };
  return (
    <li className={styles.listed}>
      <ShowCard show={show} />
      <span className={styles.remove}>
        <IconButton icon="close" label={label} aria-disabled={listing.isPending} onClick={remove} />
      </span>
    </li>
  );
}
