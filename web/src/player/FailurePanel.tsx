/** Why it doesn't play, in words, and what to do about it; trying again goes on at the same place. */
import { useMessages } from '../language/language';
import { Button } from '../ui/Button';
import type { Failure } from './engine';

interface FailurePanelProps {
  failure: Failure;
  onTryAgain: () => void;
  onLeave: () => void;
  onSignIn: () => void;
}

export function FailurePanel({ failure, onTryAgain, onLeave, onSignIn }: FailurePanelProps) {
  const words = useMessages();
  return (
    <div className="player-panel" role="alert">
      <p className="player-failure">{words.playFailed[failure.reason]}</p>
      {failure.code && <p className="player-code">{words.errorCode(failure.code)}</p>}
      <div className="player-buttons">
        {failure.reason === 'signedOut' ? (
          <Button weight="main" onClick={onSignIn}>
            {words.signIn}
          </Button>
        ) : (
          <Button weight="main" icon="restart" onClick={onTryAgain}>
            {words.tryAgain}
          </Button>
        )}
        <Button onClick={onLeave}>{words.back}</Button>
      </div>
    </div>
  );
}
