/** What is done with many jobs at once. */
import type { Job } from '../../api/types';
import { isUnderWay } from '../kit/followJob';
import { cancelJob, retryJob } from '../kit/jobActions';
import type { Deed } from '../kit/useBulk';
import { counted, defineWords, useWords } from '../words';
import { ingestWords } from './words';

const deedWords = defineWords({
  en: {
    retried: (count: number) => `${counted('en', count, 'film is', 'films are')} tried again`,
    cancelled: (count: number) => `${counted('en', count, 'film', 'films')} cancelled`,
    cancelQuestion: (count: number) => `Cancel transcoding ${counted('en', count, 'film', 'films')}?`,
    cancelNow: 'Cancel transcoding',
    cancelHint: 'What has been made of them is thrown away. The films stay, and can be tried again.',
  },
  de: {
    retried: (count: number) => `${counted('de', count, 'Film wird', 'Filme werden')} noch einmal versucht`,
    cancelled: (count: number) => `${counted('de', count, 'Film', 'Filme')} abgebrochen`,
    cancelQuestion: (count: number) => `Umwandlung von ${counted('de', count, 'Film', 'Filmen')} abbrechen?`,
    cancelNow: 'Umwandlung abbrechen',
    cancelHint: 'Was davon fertig ist, wird verworfen. Die Filme bleiben und können neu versucht werden.',
  },
});

export function useJobDeeds(): Deed<Job>[] {
  const words = useWords(ingestWords);
  const own = useWords(deedWords);
  return [
    {
      name: words.retry,
      fits: ({ state }) => state === 'failed' || state === 'cancelled',
      run: ({ id }) => retryJob(id),
      done: own.retried,
    },
    {
      name: words.cancel,
      fits: isUnderWay,
      run: ({ id }) => cancelJob(id),
      done: own.cancelled,
      ask: {
        question: own.cancelQuestion,
        hint: own.cancelHint,
        confirm: own.cancelNow,
        cancel: words.keepGoing,
      },
    },
  ];
}
