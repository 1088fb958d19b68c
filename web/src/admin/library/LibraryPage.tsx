/** Every show: found by words, state and genre, and changed many at a time. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { useState } from 'react';
import { Link } from 'react-router';
import { Emptiness } from '../../ui/Notice';
import { Loaded } from '../kit/Loaded';
import { MoreRows } from '../kit/MoreRows';
import { PageHead } from '../kit/PageHead';
import { RecordTable } from '../kit/RecordTable';
import { FilterSelect, SearchField, Toolbar } from '../kit/Toolbar';
import { useFilters } from '../kit/useFilters';
import { kitWords } from '../kit/words';
import { knownWords } from '../shows/queries';
import { showWords } from '../shows/words';
import { useMay } from '../staff';
import { useWords } from '../words';
import { BulkBar } from './BulkBar';
import { useShowColumns } from './columns';
import { library } from './queries';
import { libraryWords } from './words';

export function LibraryPage() {
  const words = useWords(libraryWords);
  const kit = useWords(kitWords);
  const mayEdit = useMay('edit');
  const filters = useFilters({ q: '', state: '', genre: '', sort: 'updated' });
  const query = useInfiniteQuery({
    ...library(filters.values),
    placeholderData: (before) => before,
  });
  const columns = useShowColumns();
  const [chosen, choose] = useState<ReadonlySet<string>>(new Set());
  const rows = query.data?.pages.flatMap((page) => page.items) ?? [];
  return (
    <>
      <PageHead name={words.library} hint={words.hint}>
        {mayEdit && (
          <>
            <Button component={Link} to="/bin" variant="default" leftSection={<IconTrash size={18} />}>
              {words.bin}
            </Button>
            <Button component={Link} to="/shows/new" variant="default" leftSection={<IconPlus size={18} />}>
              {words.newShow}
            </Button>
            <Button component={Link} to="/uploads" leftSection={<IconUpload size={18} />}>
              {words.upload}
            </Button>
          </>
        )}
      </PageHead>
      <LibraryToolbar filters={filters} />
      <Loaded query={query}>
        {() =>
          rows.length === 0 ? (
            <Emptiness
              title={filters.active ? kit.nothingFound : words.none}
              hint={filters.active ? kit.nothingFoundHint : words.noneHint}
            >
              {filters.active && <Button onClick={filters.clear}>{kit.clearFilters}</Button>}
            </Emptiness>
          ) : (
            <>
              <RecordTable
                caption={words.library}
                rows={rows}
                columns={columns}
                keyOf={({ id }) => id}
                nameOf={({ title }) => title}
                stale={query.isPlaceholderData}
                sorting={{ by: filters.values.sort, sort: (sort) => filters.set({ sort }) }}
                {...(mayEdit && { selection: { chosen, choose } })}
              />
              <MoreRows shown={rows.length} query={query} />
            </>
          )
        }
      </Loaded>
      <BulkBar shows={rows.filter(({ id }) => chosen.has(id))} onDone={() => choose(new Set())} />
    </>
  );
}

function LibraryToolbar({
  filters,
}: {
  filters: ReturnType<typeof useFilters<'q' | 'state' | 'genre' | 'sort'>>;
}) {
  const words = useWords(libraryWords);
  const shows = useWords(showWords);
  const genres = useQuery(knownWords).data?.genres ?? [];
  const { values, set } = filters;
  return (
    <Toolbar>
      <SearchField label={words.search} value={values.q} onSearch={(q) => set({ q })} />
      <FilterSelect
        label={words.state}
        value={values.state}
        options={Object.entries(shows.states)}
        onChoose={(state) => set({ state })}
      />
      <FilterSelect
        label={words.genre}
        value={values.genre}
        options={genres.map((genre) => [genre, genre])}
        onChoose={(genre) => set({ genre })}
      />
    </Toolbar>
  );
}
