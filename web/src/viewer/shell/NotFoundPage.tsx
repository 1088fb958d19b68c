/** An address that leads nowhere, with a way back. */
import { useMessages } from '../../language/language';
import { LinkButton } from '../../ui/Button';
import { PageTitle } from '../../ui/PageTitle';
import styles from './StrayPage.module.css';

export function NotFoundPage() {
  const words = useMessages();
  return (
    <div className={styles.page}>
      <PageTitle name={words.notFoundTitle} />
      <p>{words.notFoundHint}</p>
      <LinkButton weight="main" icon="home" to="/">
        {words.toHome}
      </LinkButton>
    </div>
  );
}
