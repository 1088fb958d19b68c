/** The keys of a headset, a keyboard or a lock screen that go to another track: here to the neighbouring episodes. */
import { useEffect } from 'react';
import { useNavigate } from 'react-router';
import { noteSomebody } from './presence';

/** Offers to go to the episodes of these ids; null where there is none, and the device shows no such key. */
export function useTrackKeys(beforeId: string | null, nextId: string | null): void {
  const navigate = useNavigate();
  useEffect(() => {
    // Absent where the page is not served safely: the buttons on the page do the same.
    if (!('mediaSession' in navigator)) return;
    const { mediaSession } = navigator;
    const going = (id: string | null) =>
      id === null
        ? null
        : () => {
            noteSomebody();
            void navigate(`/watch/${id}`, { replace: true });
          };
    mediaSession.setActionHandler('previoustrack', going(beforeId));
    mediaSession.setActionHandler('nexttrack', going(nextId));
    return () => {
      mediaSession.setActionHandler('previoustrack', null);
      mediaSession.setActionHandler('nexttrack', null);
    };
  }, [beforeId, nextId, navigate]);
}
