/** Where somebody has gone astray: a page that is not there, or not for them, with the way back. */
import { Button } from '@mantine/core';
import { IconArrowLeft } from '@tabler/icons-react';
import { Link } from 'react-router';
import { useMessages } from '../../language/language';
import { PageHead } from '../kit/PageHead';
import { useWords } from '../words';
import { shellWords } from './words';

function Stray({ title, hint }: { title: string; hint: string }) {
  const words = useWords(shellWords);
  return (
    <>
      <PageHead name={title} hint={hint} />
      <Button component={Link} to="/" leftSection={<IconArrowLeft size={18} />}>
        {words.toStart}
      </Button>
    </>
  );
}

export function NotFoundPage() {
  const messages = useMessages();
  return <Stray title={messages.notFoundTitle} hint={messages.notFoundHint} />;
}

export function NotYoursPage() {
  const words = useWords(shellWords);
  return <Stray title={words.notYours} hint={words.notYoursHint} />;
}
