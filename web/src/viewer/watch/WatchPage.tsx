/** The page that is nothing but the player. */
import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import { useLocation, useNavigate, useParams, useSearchParams } from 'react-router';
import type { Playback, Show } from '../../api/types';
import { useMessages } from '../../language/language';
import { Player } from '../../player/Player';
import { preferences } from '../../preferences/preferences';
import { signInAddress } from '../../session/nextPage';
import { LinkButton } from '../../ui/Button';
import { Emptiness } from '../../ui/Notice';
import { PageTitle } from '../../ui/PageTitle';
import { episodeAfter, episodeBefore, episodeMark } from '../shows/episodes';
import { episodesOf, oneShow, watchedShows } from '../shows/queries';
import { saveProgress, startPlayback } from './queries';
import { useTrackKeys } from './trackKeys';
import { UpNext } from './UpNext';
import styles from './WatchPage.module.css';

export function WatchPage() {
  const { showId = '' } = useParams();
  const words = useMessages();
  const show = useQuery(oneShow(showId));
  // Asked for together with the show, so that the first picture waits for one answer only.
  const playback = useQuery({
    queryKey: ['playback', showId],
    queryFn: () => startPlayback(showId),
    staleTime: Infinity,
    gcTime: 0,
    retry: false,
  });
  if (show.isError) {
    return (
      <main className={styles.gone}>
        <PageTitle name={words.showGone} />
        <Emptiness hint={words.showGoneHint}>
          <LinkButton to="/">{words.toHome}</LinkButton>
        </Emptiness>
      </main>
    );
  }
  if (show.isPending || playback.isPending)
    return <main className={styles.stage} aria-busy="true" aria-label={words.loading} />;
  return <Screening key={showId} show={show.data} first={playback.data ?? null} />;
}

/** `first` is the playback that was fetched ahead; null where that failed, and the player finds out why. */
function Screening({ show, first }: { show: Show; first: Playback | null }) {
  const words = useMessages();
  const navigate = useNavigate();
  const location = useLocation();
  const cache = useQueryClient();
  const [search] = useSearchParams();
  const { before, next } = useNeighbours(show);
  const fetchSource = useFirstThenFresh(show.id, first);
  useEffect(() => {
    document.documentElement.dataset.captionBackdrop = preferences().captionBackdrop;
    // What was watched here moves the rows of the other pages.
    return () => void cache.invalidateQueries({ queryKey: watchedShows.queryKey });
  }, [cache]);
  const leave = () => void navigate(`/title/${show.id}`);
  const playNext = () => next && void navigate(`/watch/${next.id}`, { replace: true });
  useTrackKeys(before?.id ?? null, next?.id ?? null);
  const beginAt = search.has('t') ? Number(search.get('t')) || 0 : (first?.resumePositionSeconds ?? 0);
  return (
    <main className={styles.stage}>
      <PageTitle name={show.title} hidden />
      <Player
        title={show.title}
        subtitle={episodeMark(show, words.episodeShort)}
        posterURL={show.posterURL}
        format={search.get('format') === 'dash' ? 'dash' : 'hls'}
        startSeconds={beginAt}
        fetchSource={fetchSource}
        // The next save says the same and more: one that is lost needs no word.
        onProgress={(seconds) => void saveProgress(show.id, seconds).catch(() => undefined)}
        onLeave={leave}
        onSignIn={() => void navigate(signInAddress(location))}
        onNext={next && playNext}
        markers={show.markers}
        upNext={next && ((offer) => <UpNext show={next} offer={offer} onPlay={playNext} />)}
      />
    </main>
  );
}

function useNeighbours(show: Show): { before: Show | null; next: Show | null } {
  const series = show.series?.title ?? '';
  const episodes = useQuery({ ...episodesOf(series), enabled: series !== '' }).data ?? [];
  return { before: episodeBefore(show, episodes), next: episodeAfter(show, episodes) };
}

/** The fetched-ahead playback once, then always a new one. */
function useFirstThenFresh(showId: string, first: Playback | null): () => Promise<Playback> {
  const unused = useRef(first);
  return () => {
    const ready = unused.current;
    unused.current = null;
    return ready ? Promise.resolve(ready) : startPlayback(showId);
  };
}
