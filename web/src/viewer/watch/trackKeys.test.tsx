import { act, cleanup, render, screen } from '@testing-library/react';
import { MemoryRouter, useLocation } from 'react-router';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { useTrackKeys } from './trackKeys';

const handlers = new Map<string, (() => void) | null>();

function Watching({ before, next }: { before: string | null; next: string | null }) {
  useTrackKeys(before, next);
  return <p>{useLocation().pathname}</p>;
}

beforeEach(() => {
  const setActionHandler = (action: string, handler: (() => void) | null) => handlers.set(action, handler);
  vi.stubGlobal('navigator', Object.assign(navigator, { mediaSession: { setActionHandler } }));
});
afterEach(() => {
  cleanup();
  vi.unstubAllGlobals();
  handlers.clear();
});

test.each([
  ['nexttrack', '/watch/third'],
  ['previoustrack', '/watch/first'],
])('the key for %s goes to the neighbouring episode', (action, address) => {
  render(<Watching before="first" next="third" />, { wrapper: MemoryRouter });

  act(() => handlers.get(action)?.());

  expect(screen.getByText(address)).toBeTruthy();
});

test('there is no key where there is no episode, and none is left behind', () => {
  const { unmount } = render(<Watching before={null} next="second" />, { wrapper: MemoryRouter });
  expect(handlers.get('previoustrack')).toBeNull();

  unmount();

  expect(handlers.get('nexttrack')).toBeNull();
});
