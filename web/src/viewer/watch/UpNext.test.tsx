import { act, cleanup, fireEvent, render, screen } from '@testing-library/react';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { Show } from '../../api/types';
import { MOST_UNATTENDED } from './presence';
import { UpNext } from './UpNext';

const SHOW = { title: 'The Rabbit Wakes', posterURL: null, posterPictures: [], posterPreview: null };
const LONGER_THAN_THE_COUNTDOWN_MILLISECONDS = 15_000;

/** Offers the next episode and waits; whether it began by itself. */
function episodeEnds(): boolean {
  const onPlay = vi.fn();
  const offer = { overCredits: false, isHeld: () => false, onRefuse: () => undefined };
  render(<UpNext show={SHOW as unknown as Show} offer={offer} onPlay={onPlay} />);
  act(() => void vi.advanceTimersByTime(LONGER_THAN_THE_COUNTDOWN_MILLISECONDS));
  return onPlay.mock.calls.length > 0;
}

function evening(episodes: number): boolean[] {
  return Array.from({ length: episodes }, () => {
    cleanup();
    return episodeEnds();
  });
}

beforeEach(() => {
  vi.useFakeTimers();
  fireEvent.keyDown(window, { key: 'k' });
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

test('several episodes begin by themselves, then somebody is asked', () => {
  const began = evening(MOST_UNATTENDED + 1);

  expect(began).toEqual([...Array<boolean>(MOST_UNATTENDED).fill(true), false]);
  expect(screen.getByRole('status').textContent).toBe('Are you still watching?');
});

test('whoever gives a sign of being there is not asked', () => {
  evening(MOST_UNATTENDED);

  fireEvent.pointerDown(document.body);

  expect(evening(1)).toEqual([true]);
  expect(screen.queryByText('Are you still watching?')).toBeNull();
});
