/** Each track of the stream: what is declared of it, and what was measured. */
import type { StreamReport } from '../../api/types';
import { useLanguage } from '../../language/language';
import { useWords } from '../words';
import { sayPlace } from './places';
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
      <table className={styles.table} aria-label={words.tracks}>
        <thead>
          <tr>
            <th scope="col">{words.track}</th>
            <th scope="col">{words.declared}</th>
            <th scope="col">{words.measured}</th>
            <th scope="col">{words.segments}</th>
          </tr>
        </thead>
        <tbody>
          {tracks.map((track) => (
            <tr key={`${track.kind} ${track.name}`}>
              <td>
                {/* Its size is in its name. */}
                {sayPlace(track.name, words)}
                <span className={styles.codecs}>{track.codecs.join(', ')}</span>
              </td>
              <td>{bits(track.bandwidth)}</td>
              <td>{bits(track.measuredBandwidth)}</td>
              <td>{words.fetched(track.segmentsFetched, track.segments)}</td>
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  );
}
