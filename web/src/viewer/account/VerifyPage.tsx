/** Confirms an e-mail address by the link of a mail; opening the page is all that is asked. */
import { useQuery } from '@tanstack/react-query';
import { Link, useSearchParams } from 'react-router';
import { hasStatus } from '../../api/problem';
import { useMessages } from '../../language/language';
import { DoneNotice, FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import { DoorPage } from '../../ui/DoorPage';
import { verifyEmail } from './queries';

export function VerifyPage() {
  const words = useMessages();
  const [search] = useSearchParams();
  const token = search.get('token') ?? '';
  const verified = useQuery({
    queryKey: ['verify', token],
    queryFn: () => verifyEmail(token),
    staleTime: Infinity,
    retry: false,
  });
  const spent = hasStatus(verified.error, 422);
  return (
    <DoorPage name={words.verifyTitle} title={words.verifyTitle} links={<Link to="/">{words.toHome}</Link>}>
      {verified.isPending && <p role="status">{words.loading}</p>}
      {verified.isSuccess && <DoneNotice words={words.verifyDone} />}
      {verified.isError && (
        <FaultNotice words={spent ? words.linkUsedUp : problemWords(verified.error, words)} />
      )}
    </DoorPage>
  );
}
