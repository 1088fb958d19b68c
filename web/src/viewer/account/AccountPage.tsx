/** One's own account: who one is, how one signs in, how films are shown, and the way out. */
import { useMessages } from '../../language/language';
import { useSession } from '../../session/session';
import { PageTitle } from '../../ui/PageTitle';
import styles from './AccountPage.module.css';
import { DeleteSection } from './DeleteSection';
import { DevicesSection } from './DevicesSection';
import { PasswordSection } from './PasswordSection';
import { ProfileSection } from './ProfileSection';
import { CaptionSection, PlaybackSection } from './ShowingSections';

export function AccountPage() {
  const words = useMessages();
  const session = useSession();
  if (session.status !== 'somebody') return null;
  return (
    <div className={styles.page}>
      <PageTitle name={words.account} className={styles.title} />
      <ProfileSection user={session.user} />
      <PasswordSection user={session.user} />
      <PlaybackSection />
      <CaptionSection />
      <DevicesSection />
      <DeleteSection />
    </div>
  );
}
