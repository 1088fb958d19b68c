/** Every show: found by words, state and genre, and changed many at a time. */
import { Button } from '@mantine/core';
import { useInfiniteQuery, useQuery } from '@tanstack/react-query';
import { IconPlus, IconTrash, IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { BulkBar } from '../kit/BulkBar';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import { FilterSelect, SearchField, Toolbar } from '../kit/Toolbar';
import { useChoice } from '../kit/useChoice';
import { useFilters } from '../kit/useFilters';
import { knownWords } from '../shows/queries';
import { showWords } from '../shows/words';
import { useMay } from '../staff';
import { useWords } from '../words';
import { useShowColumns } from './columns';
import { useShowDeeds } from './deeds';
import { library } from './queries';
import { libraryWords } from './words';

export function LibraryPage() {
  const words = useWords(libraryWords);
  const mayEdit = useMay('edit');
  const filters = useFilters({ q: '', state: '', genre: '', sort: 'updated' });
  const query = useInfiniteQuery({
    ...library(filters.values),
    placeholderData: (before) => before,
  });
  const columns = useShowColumns();
  const deeds = useShowDeeds();
  const choice = useChoice(query.data?.pages);
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
      <RecordList
        caption={words.library}
        query={query}
        columns={columns}
        keyOf={({ id }) => id}
        nameOf={({ title }) => title}
        filters={filters}
        empty={{ title: words.none, hint: words.noneHint }}
        sorting={{ by: filters.values.sort, sort: (sort) => filters.set({ sort }) }}
        {...(mayEdit && { selection: choice.selection })}
      />
      <BulkBar rows={choice.rows} nameOf={({ title }) => title} deeds={deeds} onDone={choice.clear} />
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
