/** What somebody has kept to watch. */
import { useMessages } from '../../language/language';
import { LinkButton } from '../../ui/Button';
import { Emptiness, FaultNotice } from '../../ui/Notice';
import { PageTitle } from '../../ui/PageTitle';
import { problemWords } from '../../forms/problemWords';
import { ShowCard } from '../shows/ShowCard';
import { ShowGrid, ShowGridSkeleton } from '../shows/ShowGrid';
import { useListedShows } from '../shows/queries';
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
          <li key={show.id}>
            <ShowCard show={show} />
          </li>
        ))}
      </ShowGrid>
    </div>
  );
}
