/** Films on their way: how each stands, what went wrong, and where to go on. */
import { useInfiniteQuery } from '@tanstack/react-query';
import { Link } from 'react-router';
import type { Job } from '../../api/types';
import { useLanguage } from '../../language/language';
import { BulkBar } from '../kit/BulkBar';
import { PageHead } from '../kit/PageHead';
import { RecordList } from '../kit/RecordList';
import type { Column } from '../kit/RecordTable';
import { FilterSelect, SearchField, Toolbar } from '../kit/Toolbar';
import { useChoice } from '../kit/useChoice';
import { useFilters } from '../kit/useFilters';
import { When } from '../kit/When';
import { useWords } from '../words';
import { faultWordsOf } from '../shows/filmFaults';
import { useMay } from '../staff';
import { useJobDeeds } from './deeds';
import styles from './JobsPage.module.css';
import { JobBadge, JobProgress } from './JobStatus';
import { jobs } from './queries';
import { ingestWords } from './words';

export function JobsPage() {
  const words = useWords(ingestWords);
  const filters = useFilters({ state: '', q: '' });
  const query = useInfiniteQuery(jobs(filters.values));
  const columns = useColumns();
  const mayEdit = useMay('edit');
  const deeds = useJobDeeds();
  const choice = useChoice(query.data?.pages);
  return (
    <>
      <PageHead name={words.ingest} hint={words.hint} />
      <Toolbar>
        <SearchField label={words.search} value={filters.values.q} onSearch={(q) => filters.set({ q })} />
        <FilterSelect
          label={words.state}
          value={filters.values.state}
          options={Object.entries(words.states)}
          onChoose={(state) => filters.set({ state })}
        />
      </Toolbar>
      <RecordList
        caption={words.ingest}
        query={query}
        columns={columns}
        keyOf={(job) => job.id}
        nameOf={(job) => job.title}
        filters={filters}
        empty={{ title: words.none, hint: words.noneHint }}
        {...(mayEdit && { selection: choice.selection })}
      />
      <BulkBar rows={choice.rows} nameOf={({ title }) => title} deeds={deeds} onDone={choice.clear} />
    </>
  );
}

function useColumns(): Column<Job>[] {
  const words = useWords(ingestWords);
  const language = useLanguage();
  return [
    {
      key: 'film',
      name: words.film,
      cell: (job) => (
        <div className={styles.film}>
          <Link to={`/ingest/${job.id}`} className={styles.title ?? ''}>
            {job.title}
          </Link>
          <span className={styles.quiet}>{job.sourceName}</span>
        </div>
      ),
    },
    {
      key: 'state',
      name: words.state,
      cell: (job) => (
        <div className={styles.state}>
          <JobBadge job={job} />
          <JobProgress job={job} />
          {job.error && <span className={styles.quiet}>{faultWordsOf(job.error.code, language).what}</span>}
        </div>
      ),
    },
    { key: 'attempts', name: words.attempts, cell: (job) => job.attempts, atEnd: true, wideOnly: true },
    {
      key: 'priority',
      name: words.priority,
      cell: (job) => words.priorities[job.priority],
      wideOnly: true,
    },
    { key: 'came', name: words.came, cell: (job) => <When at={job.createdAt} /> },
  ];
}
