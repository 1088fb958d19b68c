/** The client's icons as strokes on a 24-unit grid; always beside a word or inside something named. */

const PATHS = {
  add: 'M12 5v14M5 12h14',
  alert: 'M12 8v5m0 3.5v.01M12 3l9.5 17h-19z',
  back: 'M19 12H5m6-6-6 6 6 6',
  check: 'm5 12.5 4.5 4.5L19 7.5',
  close: 'm6 6 12 12M18 6 6 18',
  eye: 'M2.5 12S6 5.5 12 5.5 21.5 12 21.5 12 18 18.5 12 18.5 2.5 12 2.5 12zM12 9.2a2.8 2.8 0 1 1 0 5.6 2.8 2.8 0 0 1 0-5.6z',
  eyeOff:
    'M4 4l16 16M9.5 6c.8-.3 1.6-.5 2.5-.5 6 0 9.5 6.5 9.5 6.5s-1 1.9-2.9 3.6M6 7.8C3.7 9.5 2.5 12 2.5 12S6 18.5 12 18.5c1.5 0 2.9-.4 4-1',
  film: 'M4 5h16v14H4zM8 5v14M16 5v14M4 12h4m8 0h4',
  home: 'M4 11.5 12 4l8 7.5M6 10v10h4.5v-5.5h3V20H18V10',
  info: 'M12 11v6m0-9.5v.01M12 3a9 9 0 1 1 0 18 9 9 0 0 1 0-18z',
  keyboard: 'M3 6.5h18v11H3zM7 10h.01M10.3 10h.01M13.7 10h.01M17 10h.01M8 14h8',
  left: 'm15 5-7 7 7 7',
  list: 'M4 6h10M4 12h10M4 18h6m5-3 6 3.5-6 3.5z',
  next: 'M6 5v14l9-7zM18.5 5v14',
  person: 'M12 12.5a4 4 0 1 0 0-8 4 4 0 0 0 0 8zM4.5 20.5c.8-3.5 3.9-5 7.5-5s6.7 1.5 7.5 5',
  play: 'M7 4.5v15l12.5-7.5z',
  restart: 'M4 12a8 8 0 1 0 2.6-5.9M4 4v4.5h4.5',
  right: 'm9 5 7 7-7 7',
  search: 'M10.5 4a6.5 6.5 0 1 1 0 13 6.5 6.5 0 0 1 0-13zm5 11.5L20.5 20.5',
  trash: 'M4.5 6.5h15M9.5 6.5V4h5v2.5m-8 0L7.5 20h9l1-13.5',
} as const;

export type IconName = keyof typeof PATHS;

const FILLED: ReadonlySet<IconName> = new Set<IconName>(['play', 'next']);
/** Arrows point the other way where text runs from right to left. */
const MIRRORED: ReadonlySet<IconName> = new Set<IconName>(['back', 'left', 'right']);

export function Icon({ name, size = '1.25em' }: { name: IconName; size?: string }) {
  return (
    <svg
      viewBox="0 0 24 24"
      width={size}
      height={size}
      fill={FILLED.has(name) ? 'currentColor' : 'none'}
      stroke="currentColor"
      strokeWidth="2"
      strokeLinecap="round"
      strokeLinejoin="round"
      aria-hidden="true"
      focusable="false"
      data-mirrored={MIRRORED.has(name) || undefined}
    >
      <path d={PATHS[name]} />
    </svg>
  );
}
