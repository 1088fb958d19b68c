/** The films on their way, for components, and what is done with files that somebody brings. */
import { useSyncExternalStore } from 'react';
import { sayFault } from '../kit/toast';
import { useWords } from '../words';
import { isFilm } from './droppedFiles';
import type { Transfer } from './transfer';
import { addFilms, currentTransfers, onTransfers } from './transfers';
import { uploadWords } from './words';

export function useTransfers(): readonly Transfer[] {
  return useSyncExternalStore(onTransfers, currentTransfers);
}

/** Takes up what is a film, and says what was left out. */
export function useTakingFiles(): (files: File[]) => void {
  const words = useWords(uploadWords);
  return (files) => {
    const films = files.filter(isFilm);
    addFilms(films);
    if (films.length < files.length) sayFault(words.notFilms(files.length - films.length));
  };
}
