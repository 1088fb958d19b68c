import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { ProblemError, UnreachableError } from '../api/problem';
import { GrantRenewal } from './grantRenewal';

const HOUR = 3_600_000;

const sourceUnder = (grant: string) => ({
  hlsURL: `http://sod.example/media/${grant}/videos/7/master.m3u8`,
  dashURL: null,
  storyboardURL: null,
  captions: [],
  cookieOrigin: null,
  expiresAt: new Date(Date.now() + HOUR).toISOString(),
});
const SEGMENT = 'http://sod.example/media/first/videos/7/a.m4s';

beforeEach(() => vi.useFakeTimers());
afterEach(() => vi.useRealTimers());

test('the grant is renewed before it ends, without anybody asking', async () => {
  const fetchSource = vi.fn(() => Promise.resolve(sourceUnder('second')));
  const renewal = new GrantRenewal(fetchSource, () => undefined);
  renewal.keep(sourceUnder('first'));

  await vi.advanceTimersByTimeAsync(HOUR * 0.8);

  expect(fetchSource).toHaveBeenCalledTimes(1);
  expect(renewal.apply(SEGMENT)).toContain('/media/second/');
});

test('while the server is away it is asked again and again', async () => {
  const fetchSource = vi
    .fn(() => Promise.resolve(sourceUnder('second')))
    .mockRejectedValueOnce(new UnreachableError())
    .mockRejectedValueOnce(new UnreachableError());
  const renewal = new GrantRenewal(fetchSource, () => undefined);
  renewal.keep(sourceUnder('first'));

  await vi.advanceTimersByTimeAsync(HOUR * 0.8);

  expect(fetchSource).toHaveBeenCalledTimes(3);
  expect(renewal.apply(SEGMENT)).toContain('/media/second/');
});

test('a show taken down while it plays is reported as gone', async () => {
  const refusals: string[] = [];
  const gone = new ProblemError(404, 'show-not-found', '', [], null);
  const renewal = new GrantRenewal(
    () => Promise.reject(gone),
    (failure) => refusals.push(failure.reason),
  );

  const renewed = await renewal.renew();

  expect(renewed).toBe(false);
  expect(refusals).toEqual(['gone']);
});

test('after the player has left, nothing more is asked', async () => {
  const fetchSource = vi.fn(() => Promise.resolve(sourceUnder('second')));
  const renewal = new GrantRenewal(fetchSource, () => undefined);
  renewal.keep(sourceUnder('first'));

  renewal.stop();
  await vi.advanceTimersByTimeAsync(HOUR * 2);

  expect(fetchSource).not.toHaveBeenCalled();
});

test('cookies go to the network that asks for them, and nowhere else', () => {
  const renewal = new GrantRenewal(vi.fn(), () => undefined);
  renewal.keep({ ...sourceUnder('first'), cookieOrigin: 'https://cdn.sod.example' });

  const addresses = [
    'https://cdn.sod.example/videos/7/1/a.m4s',
    'http://cdn.sod.example/videos/7/1/a.m4s',
    'https://cdn.sod.example:8443/videos/7/1/a.m4s',
    'https://cdn.sod.example.evil.example/videos/7/1/a.m4s',
    SEGMENT,
    'data:text/plain,',
    'no address',
  ];

  expect(addresses.filter((address) => renewal.takesCookies(address))).toEqual([addresses[0]]);
  renewal.stop();
});

test('without such a network cookies go nowhere', () => {
  const renewal = new GrantRenewal(vi.fn(), () => undefined);
  renewal.keep(sourceUnder('first'));

  expect(renewal.takesCookies('null')).toBe(false);
  expect(renewal.takesCookies(SEGMENT)).toBe(false);
  renewal.stop();
});
