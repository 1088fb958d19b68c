/** The way out for good. */
import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import { useNavigate } from 'react-router';
import { useMessages } from '../../language/language';
import { Button } from '../../ui/Button';
import { Question } from '../../ui/Dialog';
import { FaultNotice } from '../../ui/Notice';
import { problemWords } from '../../forms/problemWords';
import { deleteAccount } from './queries';
import { Section } from './Section';

export function DeleteSection() {
  const words = useMessages();
  const navigate = useNavigate();
  const [asking, setAsking] = useState(false);
  const deleting = useMutation({ mutationFn: deleteAccount, onSuccess: () => navigate('/') });
  return (
    <Section title={words.deleteAccount}>
      <p>{words.deleteAccountHint}</p>
      {deleting.error && <FaultNotice words={problemWords(deleting.error, words)} />}
      <span>
        <Button weight="danger" icon="trash" busy={deleting.isPending} onClick={() => setAsking(true)}>
          {words.deleteAccount}
        </Button>
      </span>
      {asking && (
        <Question
          question={words.deleteAccountQuestion}
          hint={words.deleteAccountHint}
          confirm={words.deleteForGood}
          cancel={words.cancel}
          onCancel={() => setAsking(false)}
          onConfirm={() => {
            setAsking(false);
            deleting.mutate();
          }}
        />
      )}
    </Section>
  );
}
