/** A genre's row, fetched when it comes near the window. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useRef, useState } from 'react';
import { Rail, RailFault, RailSkeleton } from '../shows/Rail';
import { ShowCard } from '../shows/ShowCard';
import { showsOfGenre } from '../shows/queries';

const NEAR = '600px';

export function GenreRail({ genre }: { genre: string }) {
  const [place, near] = useNearness();
  const shows = useQuery({ ...showsOfGenre(genre), enabled: near });
  return (
    <div ref={place}>
      {shows.isPending && <RailSkeleton title={genre} />}
      {shows.isError && <RailFault title={genre} error={shows.error} again={() => void shows.refetch()} />}
      {shows.isSuccess && shows.data.items.length > 0 && (
        <Rail title={genre}>
          {shows.data.items.map((show) => (
            <li key={show.id}>
              <ShowCard show={show} />
            </li>
          ))}
        </Rail>
      )}
    </div>
  );
}

function useNearness() {
  const place = useRef<HTMLDivElement>(null);
  const [near, setNear] = useState(false);
  useEffect(() => {
    const watcher = new IntersectionObserver(
      (entries) => {
        if (entries.some((entry) => entry.isIntersecting)) setNear(true);
      },
      { rootMargin: NEAR },
    );
    if (place.current) watcher.observe(place.current);
    return () => watcher.disconnect();
  }, []);
  return [place, near] as const;
}
