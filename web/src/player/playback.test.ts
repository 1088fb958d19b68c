import { expect, test } from 'vitest';
import { LOADING, type Playback, playbackAfter, type Report } from './playback';

const after = (...reports: Report[]): Playback => reports.reduce(playbackAfter, LOADING);
const FAILED: Report = { type: 'failed', failure: { reason: 'gone', code: '404' } };

test('a stream that comes back after a lost connection plays on', () => {
  expect(after({ type: 'playing' }, { type: 'reconnecting' }, { type: 'playing' })).toEqual({
    status: 'playing',
  });
});

test('a failure stands, whatever the dying engine still reports', () => {
  expect(after({ type: 'playing' }, FAILED, { type: 'playing' }, { type: 'reconnecting' })).toMatchObject({
    status: 'failed',
  });
});

test('trying again begins anew', () => {
  expect(after(FAILED, { type: 'load' })).toEqual(LOADING);
});

test('a connection lost after the end is no news', () => {
  expect(after({ type: 'ended' }, { type: 'reconnecting' })).toEqual({ status: 'ended' });
});

test('what has not changed stays the same object', () => {
  const playing = after({ type: 'playing' });

  expect(playbackAfter(playing, { type: 'playing' })).toBe(playing);
});
