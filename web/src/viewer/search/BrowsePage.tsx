/** Browsing and searching: what is asked for stands in the address, so that a find can be sent to somebody. */
import { keepPreviousData, useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { useSearchParams } from 'react-router';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { SelectField, TextField } from '../../ui/Field';
import { Emptiness, FaultNotice } from '../../ui/Notice';
import { PageTitle } from '../../ui/PageTitle';
import { problemWords } from '../../forms/problemWords';
import { ShowCard } from '../shows/ShowCard';
import { ShowGrid, ShowGridSkeleton } from '../shows/ShowGrid';
import { type Facets, facetsOfShows, foundShows } from '../shows/queries';
import styles from './BrowsePage.module.css';
import { facetsOf, queryOf } from './facets';

const TYPING_PAUSE_MILLISECONDS = 250;
const SEEN_AT_ONCE = 8;

export function BrowsePage() {
  const words = useMessages();
  const [search, setSearch] = useSearchParams();
  const facets = facetsOf(search);
  const change = (changes: Partial<Facets>) =>
    setSearch(queryOf({ ...facets, ...changes }), { replace: true });
  return (
    <div className={styles.page}>
      <PageTitle name={words.browse} className={styles.title} />
      <search className={styles.facets}>
        <SearchField key={facets.q} q={facets.q} onSearch={(q) => change({ q })} />
        <GenreField genre={facets.genre} onChoose={(genre) => change({ genre })} />
        <SelectField
          label={words.sortBy}
          value={facets.sort}
          options={[
            ['latest', words.sortLatest],
            ['title', words.sortTitle],
            ['duration', words.sortDuration],
          ]}
          onChoose={(sort) => change({ sort: sort as Facets['sort'] })}
        />
      </search>
      <Finds facets={facets} onClear={() => setSearch({})} />
    </div>
  );
}

/** Searches once the typing rests. */
function SearchField({ q, onSearch }: { q: string; onSearch: (q: string) => void }) {
  const words = useMessages();
  const [text, setText] = useState(q);
  useEffect(() => {
    if (text === q) return;
    const timer = setTimeout(() => onSearch(text), TYPING_PAUSE_MILLISECONDS);
    return () => clearTimeout(timer);
  });
  return (
    <TextField
      label={words.searchLabel}
      type="search"
      enterKeyHint="search"
      autoComplete="off"
      value={text}
      onChange={(event) => setText(event.target.value)}
    />
  );
}

function GenreField({ genre, onChoose }: { genre: string; onChoose: (genre: string) => void }) {
  const words = useMessages();
  const used = useQuery(facetsOfShows).data?.genres ?? [];
  const genres = new Set([...used.map(({ value }) => value), ...(genre ? [genre] : [])]);
  return (
    <SelectField
      label={words.genre}
      value={genre}
      options={[['', words.allGenres], ...[...genres].sort().map((name): [string, string] => [name, name])]}
      onChoose={onChoose}
    />
  );
}

function Finds({ facets, onClear }: { facets: Facets; onClear: () => void }) {
  const words = useMessages();
  const found = useInfiniteQuery({ ...foundShows(facets), placeholderData: keepPreviousData });
  if (found.isPending) return <ShowGridSkeleton />;
  if (found.isError) {
    return (
      <FaultNotice
        words={problemWords(found.error, words)}
        again={{ label: words.tryAgain, run: () => void found.refetch() }}
      />
    );
  }
  const shows = found.data.pages.flatMap((page) => page.items);
  return (
    <>
      <p role="status" className={styles.count}>
        {shows.length > 0 && words.showsFound(shows.length, found.hasNextPage)}
      </p>
      {shows.length === 0 && (
        <Emptiness title={words.nothingFound} hint={words.nothingFoundHint}>
          <Button onClick={onClear}>{words.clearSearch}</Button>
        </Emptiness>
      )}
      <ShowGrid stale={found.isPlaceholderData}>
        {shows.map((show, place) => (
          <li key={show.id}>
            <ShowCard show={show} urgent={place < SEEN_AT_ONCE} />
          </li>
        ))}
      </ShowGrid>
      {found.hasNextPage && (
        <Button busy={found.isFetchingNextPage} onClick={() => void found.fetchNextPage()}>
          {words.loadMore}
        </Button>
      )}
    </>
  );
}
