/** Each track of the stream: what is declared of it, and what was measured. */
import type { StreamReport } from '../../api/types';
import { useLanguage } from '../../language/language';
import { useWords } from '../words';
import styles from './ReportPanel.module.css';
import { sayBits } from './sayBits';
import { testerWords } from './words';

export function TracksTable({ tracks }: { tracks: StreamReport['tracks'] }) {
  const words = useWords(testerWords);
  const language = useLanguage();
  const bits = (value: number | null) => (value === null ? '–' : sayBits(value, language));
  return (
    <div>
      <h3 className={styles.small}>{words.tracks}</h3>
      <div
        className={styles.region}
        role="region"
        aria-label={words.tracks}
        // Wider than its place on a phone: a keyboard must be able to scroll it.
        // eslint-disable-next-line jsx-a11y-x/no-noninteractive-tabindex
        tabIndex={0}
      >
        <table className={styles.table}>
          <thead>
            <tr>
              <th scope="col">{words.track}</th>
              <th scope="col">{words.size}</th>
              <th scope="col">{words.declared}</th>
              <th scope="col">{words.measured}</th>
              <th scope="col">{words.segments}</th>
              <th scope="col">{words.codecs}</th>
            </tr>
          </thead>
          <tbody>
            {tracks.map((track) => (
              <tr key={`${track.kind} ${track.name}`}>
                <td>{track.name}</td>
                <td>{track.height === null ? track.kind : `${track.width ?? '?'} × ${track.height}`}</td>
                <td>{bits(track.bandwidth)}</td>
                <td>{bits(track.measuredBandwidth)}</td>
                <td>{`${track.segmentsFetched} / ${track.segments}`}</td>
                <td>{track.codecs.join(', ')}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </div>
  );
}
