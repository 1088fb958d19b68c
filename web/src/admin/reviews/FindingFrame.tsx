/** The frame that a finding is about; for the staff only, so it is fetched with the token and not by its address alone. */
import { useQuery } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import styles from './FindingsPanel.module.css';

export function FindingFrame({ showId, atSeconds }: { showId: string; atSeconds: number }) {
  const { data: picture } = useQuery({
    queryKey: ['mine', 'reviews', 'frame', showId, atSeconds],
    queryFn: () =>
      answered(
        api.GET('/shows/{show_id}/frame', {
          params: { path: { show_id: showId }, query: { atSeconds } },
          parseAs: 'blob',
        }),
      ),
    staleTime: Infinity,
    retry: false,
  });
  const address = useAddress(picture instanceof Blob ? picture : null);
  return address === null ? (
    <span className={styles.frame} />
  ) : (
    <img className={styles.frame} src={address} alt="" />
  );
}

/** Where the browser keeps the picture for as long as it is shown. */
function useAddress(picture: Blob | null): string | null {
  const [address, setAddress] = useState<string | null>(null);
  useEffect(() => {
    if (!picture) return;
    const made = URL.createObjectURL(picture);
    // Made and taken back with the component: a value that is only worked out would outlive it.
    // eslint-disable-next-line react-hooks/set-state-in-effect
    setAddress(made);
    return () => URL.revokeObjectURL(made);
  }, [picture]);
  return address;
}
