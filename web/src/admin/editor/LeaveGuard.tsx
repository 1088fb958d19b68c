/** Stops whoever would leave with something unsaved, and asks. */
import { useEffect } from 'react';
import { useBlocker } from 'react-router';
import { ConfirmDialog } from '../kit/ConfirmDialog';
import { useWords } from '../words';
import { editorWords } from './words';

export function LeaveGuard({ dirty }: { dirty: boolean }) {
  const words = useWords(editorWords);
  const blocker = useBlocker(
    ({ currentLocation, nextLocation }) => dirty && currentLocation.pathname !== nextLocation.pathname,
  );
  useEffect(() => {
    if (!dirty) return;
    const warn = (event: BeforeUnloadEvent) => event.preventDefault();
    addEventListener('beforeunload', warn);
    return () => removeEventListener('beforeunload', warn);
  }, [dirty]);
  if (blocker.state !== 'blocked') return null;
  return (
    <ConfirmDialog
      question={words.leaveQuestion}
      hint={words.leaveHint}
      confirm={words.leave}
      cancel={words.stay}
      dangerous
      onConfirm={() => blocker.proceed()}
      onClose={() => blocker.reset()}
    />
  );
}
