/** What needs a person now, and how the house is doing. */
import { Button } from '@mantine/core';
import { useQuery } from '@tanstack/react-query';
import { IconUpload } from '@tabler/icons-react';
import { Link } from 'react-router';
import { Emptiness } from '../../ui/Notice';
import { Loaded } from '../kit/Loaded';
import { PageHead } from '../kit/PageHead';
import { Panel } from '../kit/Panel';
import { When } from '../kit/When';
import { ShowName } from '../shows/ShowName';
import { StateBadge } from '../shows/StateBadge';
import { useMay } from '../staff';
import { useWords } from '../words';
import styles from './DashboardPage.module.css';
import { Numbers } from './Numbers';
import { changedLast, overview } from './queries';
import { Tasks } from './Tasks';
import { dashboardWords } from './words';

export function DashboardPage() {
  const words = useWords(dashboardWords);
  const mayEdit = useMay('edit');
  const query = useQuery(overview);
  return (
    <>
      <PageHead name={words.overview} hint={words.hint}>
        {mayEdit && (
          <Button component={Link} to="/uploads" leftSection={<IconUpload size={18} />}>
            {words.upload}
          </Button>
        )}
      </PageHead>
      <Loaded query={query}>
        {(told) =>
          Object.values(told.shows).every((count) => count === 0) &&
          told.jobs.queued + told.jobs.running === 0 ? (
            <Emptiness title={words.firstUpload} hint={words.firstUploadHint} />
          ) : (
            <div className={styles.page}>
              <Tasks told={told} />
              <Numbers told={told} />
              <ChangedLast />
            </div>
          )
        }
      </Loaded>
    </>
  );
}

function ChangedLast() {
  const words = useWords(dashboardWords);
  const query = useQuery(changedLast);
  return (
    <Panel title={words.recent} aside={<Link to="/shows">{words.all}</Link>}>
      <Loaded query={query} rows={3}>
        {({ items }) => (
          <ul>
            {items.map((show) => (
              <li key={show.id} className={styles.recent}>
                <ShowName show={show} to={`/shows/${show.id}`} />
                <StateBadge show={show} />
                <span className={styles.when}>
                  <When at={show.updatedAt} />
                </span>
              </li>
            ))}
          </ul>
        )}
      </Loaded>
    </Panel>
  );
}
