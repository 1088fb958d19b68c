/** A few lines over time, drawn anew twice a second; what it shows is in a table as well. */
import styles from './LineChart.module.css';

interface Line {
  name: string;
  tone: 'main' | 'quiet';
  values: number[];
}

interface LineChartProps {
  label: string;
  /** Seconds, one for each value of each line. */
  times: number[];
  lines: Line[];
  /** Moments to draw a line through. */
  marks: number[];
  say: (value: number) => string;
}

const WIDTH = 600;
const HEIGHT = 110;

export function LineChart({ label, times, lines, marks, say }: LineChartProps) {
  const first = times[0] ?? 0;
  const span = Math.max(10, (times.at(-1) ?? 0) - first);
  const top = Math.max(1, ...lines.flatMap((line) => line.values)) * 1.1;
  const x = (time: number) => ((time - first) / span) * WIDTH;
  const y = (value: number) => HEIGHT - (value / top) * HEIGHT;
  return (
    <figure className={styles.figure}>
      <figcaption className={styles.legend}>
        <strong>{label}</strong>
        {lines.map((line) => (
          <span key={line.name} data-tone={line.tone} className={styles.name}>
            {line.name} {say(line.values.at(-1) ?? 0)}
          </span>
        ))}
      </figcaption>
      <svg
        className={styles.chart}
        viewBox={`0 0 ${WIDTH} ${HEIGHT}`}
        preserveAspectRatio="none"
        aria-hidden="true"
      >
        {[0.25, 0.5, 0.75].map((share) => (
          <line
            key={share}
            className={styles.grid}
            x1={0}
            x2={WIDTH}
            y1={HEIGHT * share}
            y2={HEIGHT * share}
          />
        ))}
        {marks
          .filter((mark) => mark >= first)
          .map((mark) => (
            <line key={mark} className={styles.mark} x1={x(mark)} x2={x(mark)} y1={0} y2={HEIGHT} />
          ))}
        {lines.map((line) => (
          <polyline
            key={line.name}
            className={styles.line}
            data-tone={line.tone}
            points={line.values.map((value, place) => `${x(times[place] ?? 0)},${y(value)}`).join(' ')}
          />
        ))}
      </svg>
    </figure>
  );
}
