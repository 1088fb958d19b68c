/** What somebody has watched, when and how far, and the way to forget it. */
import { useState } from 'react';
import { Link } from 'react-router';
import type { WatchedShow } from '../../api/types';
import { date } from '../../language/format';
import { useMessages } from '../../language/language';
import { Artwork } from '../../ui/Artwork';
import { Button, IconButton, LinkButton } from '../../ui/Button';
import { Question } from '../../ui/Dialog';
import { Emptiness, FaultNotice } from '../../ui/Notice';
import { focusPageTitle, PageTitle } from '../../ui/PageTitle';
import { problemWords } from '../../forms/problemWords';
import { WatchedLine } from '../shows/ShowCard';
import { ShowGridSkeleton } from '../shows/ShowGrid';
import { fractionWatched } from '../shows/progress';
import { useWatchedShows } from '../shows/queries';
import styles from './LibraryPages.module.css';
import { useForgetting } from './queries';

export function HistoryPage() {
  const words = useMessages();
  const watched = useWatchedShows();
  const forgetting = useForgetting();
  const [asking, setAsking] = useState(false);
  const shows = watched.data?.items ?? [];
  const forget = (showIds: string[]) => forgetting.mutate(showIds, { onSuccess: focusPageTitle });
  const failed = watched.error ?? forgetting.error;
  return (
    <div className={styles.page}>
      <div className={styles.head}>
        <PageTitle name={words.history} className={styles.title} />
        {shows.length > 0 && (
          <Button icon="trash" onClick={() => setAsking(true)}>
            {words.clearHistory}
          </Button>
        )}
      </div>
      {watched.isPending && <ShowGridSkeleton />}
      {failed && (
        <FaultNotice
          words={problemWords(failed, words)}
          again={{ label: words.tryAgain, run: () => void watched.refetch() }}
        />
      )}
      {watched.isSuccess && shows.length === 0 && (
        <Emptiness title={words.historyEmpty} hint={words.historyEmptyHint}>
          <LinkButton weight="main" to="/browse">
            {words.findSomething}
          </LinkButton>
        </Emptiness>
      )}
      <ul className={styles.rows}>
        {shows.map((entry) => (
          <HistoryRow key={entry.showId} entry={entry} onForget={() => forget([entry.showId])} />
        ))}
      </ul>
      {asking && (
        <Question
          question={words.clearHistoryQuestion}
          hint={words.clearHistoryHint}
          confirm={words.clearHistory}
          cancel={words.cancel}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            forget(shows.map((entry) => entry.showId));
          }}
        />
      )}
    </div>
  );
}

function HistoryRow({ entry, onForget }: { entry: WatchedShow; onForget: () => void }) {
  const words = useMessages();
  const { show } = entry;
  const fraction = fractionWatched(entry);
  return (
    <li className={styles.row}>
      <Link className={styles.link} to={`/title/${show.id}`}>
        <span className={styles.picture}>
          <Artwork show={show} sizes="(max-width: 40em) 40vw, 14rem" />
          {fraction !== null && <WatchedLine fraction={fraction} />}
        </span>
        <span>
          <span className={styles.name}>{show.title}</span>
          <span className={styles.when}>
            {words.watchedOn(date(entry.updatedAt))}
            {entry.finished && ` · ${words.finished}`}
          </span>
        </span>
      </Link>
      <IconButton icon="trash" label={words.removeFromHistory(show.title)} onClick={onForget} />
    </li>
  );
}
