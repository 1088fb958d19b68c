/** How far a film is, in words and as a fraction of what is being done right now. */
import { faultWords, problemWords } from '../../forms/problemWords';
import { length } from '../../language/format';
import { useLanguage, useMessages } from '../../language/language';
import { hasStatus, ProblemError } from '../../api/problem';
import type { Job } from '../../api/types';
import type { Messages } from '../../language/messages/en';
import { sayBytes, sayPercent } from '../kit/sizes';
import { faultWordsOf } from '../shows/filmFaults';
import { useWords } from '../words';
import type { Transfer } from './transfer';
import { uploadWords } from './words';

export function fractionOf({ stage, job, sentBytes, size }: Transfer): number {
  if (stage === 'ready') return 1;
  return job ? job.progress : sentBytes / size;
}

export function useProgressWords(transfer: Transfer): string {
  const language = useLanguage();
  const messages = useMessages();
  const words = useWords(uploadWords);
  const { stage, job, fault, sentBytes, size, bytesPerSecond } = transfer;
  const sent = words.sent(sayBytes(sentBytes, language), sayBytes(size, language));
  if (stage === 'failed')
    return job ? jobFault(job, words.cancelled, language) : refusalWords(fault, messages, language);
  if (fault) return waitWords(fault, words);
  switch (stage) {
    case 'waiting':
    case 'checking':
    case 'ready':
      return words[stage];
    case 'paused':
      return `${words.paused} · ${sent}`;
    case 'sending': {
      if (!bytesPerSecond) return sent;
      const left = words.left(length((size - sentBytes) / bytesPerSecond));
      return `${sent} · ${words.perSecond(sayBytes(bytesPerSecond, language))} · ${left}`;
    }
    case 'transcoding': {
      if (!job?.stage) return words.queued;
      const stages: Record<string, string> = words.stages;
      const said = `${stages[job.stage] ?? job.stage} · ${sayPercent(job.progress, language)}`;
      return job.secondsLeft ? `${said} · ${words.left(length(job.secondsLeft))}` : said;
    }
  }
}

function waitWords(fault: unknown, words: typeof uploadWords.en): string {
  if (fault instanceof ProblemError && fault.kind === 'too-many-uploads') return words.tooManyUploads;
  return hasStatus(fault, 429) ? words.busy : words.away;
}

function jobFault(job: Job, cancelled: string, language: string): string {
  return job.state === 'cancelled' ? cancelled : filmFault(job.error?.code ?? '', language);
}

function filmFault(code: string, language: string): string {
  const { what, next } = faultWordsOf(code, language);
  return `${what} ${next}`;
}

/** Why the server would not take the film: by what it found in the file, or in what is said of it. */
function refusalWords(fault: unknown, messages: Messages, language: string): string {
  const found = fault instanceof ProblemError ? fault.faults[0] : undefined;
  if (!found) return problemWords(fault, messages);
  return found.pointer === '/file' ? filmFault(found.code, language) : faultWords(found, messages);
}
