/** A moment as people say it ("5 minutes ago"), with the exact time for whoever points at it. */
import { dateAndTime } from '../../language/format';
import { useLanguage } from '../../language/language';
import { useNow } from './useNow';

const STEPS: [unit: Intl.RelativeTimeFormatUnit, seconds: number][] = [
  ['year', 31_557_600],
  ['month', 2_629_800],
  ['week', 604_800],
  ['day', 86_400],
  ['hour', 3600],
  ['minute', 60],
];
const TICK_MILLISECONDS = 30_000;

export function sayWhen(moment: string | Date, now: number, language: string): string {
  const seconds = (new Date(moment).getTime() - now) / 1000;
  const format = new Intl.RelativeTimeFormat(language, { numeric: 'auto' });
  const step = STEPS.find(([, size]) => Math.abs(seconds) >= size);
  return step ? format.format(Math.trunc(seconds / step[1]), step[0]) : format.format(0, 'second');
}

export function When({ at }: { at: string }) {
  const language = useLanguage();
  const now = useNow(TICK_MILLISECONDS);
  return (
    <time dateTime={at} title={dateAndTime(at)}>
      {sayWhen(at, now, language)}
    </time>
  );
}
