/** Something done with many records: each by itself, so that one refusal spares the others; and the way back. */
import { useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import { ProblemError } from '../../api/problem';
import { problemWords } from '../../forms/problemWords';
import { list } from '../../language/format';
import { useMessages } from '../../language/language';
import { useWords } from '../words';
import { sayDone, sayFault } from './toast';
import { kitWords } from './words';

export interface Deed<Row> {
  name: string;
  /** Which records it can be done with; the others are left alone. */
  fits: (row: Row) => boolean;
  run: (row: Row) => Promise<unknown>;
  /** The way back, for a record as it was before. */
  undo?: (row: Row) => Promise<unknown>;
  done: (count: number) => string;
  /** Asked before, where it is not taken back easily. */
  ask?: {
    question: (count: number) => string;
    hint: string;
    confirm: string;
    /** The way out, where "Cancel" could mean either. */
    cancel?: string;
  };
}

export interface Outcome<Row> {
  done: Row[];
  /** Those that were refused, by why. */
  left: Map<string, Row[]>;
}

const NOT_SIGNED_IN = 401;

/** One after the other; `say` puts a refusal into words. Nobody tries the rest once the session has ended. */
export async function withEach<Row>(
  rows: Row[],
  run: (row: Row) => Promise<unknown>,
  say: (error: unknown) => string,
): Promise<Outcome<Row>> {
  const outcome: Outcome<Row> = { done: [], left: new Map() };
  for (const [place, row] of rows.entries()) {
    try {
      await run(row);
      outcome.done.push(row);
    } catch (error) {
      const why = say(error);
      const hasEnded = error instanceof ProblemError && error.status === NOT_SIGNED_IN;
      const refused = hasEnded ? rows.slice(place) : [row];
      outcome.left.set(why, [...(outcome.left.get(why) ?? []), ...refused]);
      if (hasEnded) break;
    }
  }
  return outcome;
}

export function useBulk<Row>(nameOf: (row: Row) => string) {
  const kit = useWords(kitWords);
  const messages = useMessages();
  const cache = useQueryClient();
  const [busy, setBusy] = useState(false);

  const run = async (rows: Row[], action: (row: Row) => Promise<unknown>): Promise<Row[]> => {
    setBusy(true);
    const { done, left } = await withEach(rows, action, (error) => problemWords(error, messages));
    setBusy(false);
    await cache.invalidateQueries({ queryKey: ['mine'] });
    const told = [...left].map(([why, refused]) => kit.leftAlone(list(refused.map(nameOf)), why));
    if (told.length > 0) sayFault(told.join(' '));
    return done;
  };
  const doIt = async ({ fits, run: action, undo, done: say }: Deed<Row>, rows: Row[]) => {
    const done = await run(rows.filter(fits), action);
    if (done.length === 0) return;
    const goBack = (back: (row: Row) => Promise<unknown>) =>
      void run(done, back).then((undone) => undone.length > 0 && sayDone(kit.undone));
    sayDone(say(done.length), undo && { label: kit.undo, run: () => goBack(undo) });
  };
  return { busy, doIt };
}
