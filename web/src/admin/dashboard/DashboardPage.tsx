/** What needs a person now. */
import { PageHead } from '../kit/PageHead';
import { useWords } from '../words';
import { dashboardWords } from './words';

export function DashboardPage() {
  const words = useWords(dashboardWords);
  return <PageHead name={words.overview} hint={words.hint} />;
}
