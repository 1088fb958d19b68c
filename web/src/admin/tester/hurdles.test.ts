import { expect, test } from 'vitest';
import { formatOf, hurdleBefore, hurdleBehind, jobBehind } from './hurdles';

const SECURE = { protocol: 'https:', origin: 'https://sod.example' };
const NETWORK = { reason: 'network' as const, code: '1002' };

test('a page over https may not play a stream over http', () => {
  expect(hurdleBefore('http://cdn.example/a.m3u8', SECURE)).toBe('mixedContent');
  expect(hurdleBefore('http://cdn.example/a.m3u8', { ...SECURE, protocol: 'http:' })).toBeNull();
});

test('our own media play with a grant only', () => {
  expect(hurdleBefore('https://sod.example/media/videos/7/1/master.m3u8', SECURE)).toBe('needsGrant');
  expect(hurdleBefore('https://sod.example/media/grant/videos/7/1/master.m3u8', SECURE)).toBeNull();
});

test('no answer from another host is most often its missing permission', () => {
  expect(hurdleBehind(NETWORK, 'https://cdn.example/a.m3u8', SECURE)).toBe('cors');
  expect(hurdleBehind(NETWORK, 'https://sod.example/a.m3u8', SECURE)).toBeNull();
  expect(hurdleBehind({ reason: 'broken', code: '4000' }, 'https://cdn.example/a.m3u8', SECURE)).toBeNull();
});

test('a host that answered with an error let the page read: it is no missing permission', () => {
  const failure = { reason: 'network' as const, code: '1001' };
  expect(hurdleBehind(failure, 'https://cdn.example/a.m3u8', SECURE)).toBe('refused');
});

test('an address of our own media says which film it is of', () => {
  const job = '01a21eb4-e7c3-7c4e-80a3-92416f867c27';
  expect(jobBehind(`https://sod.example/media/videos/${job}/1/master.m3u8`, SECURE)).toBe(job);
  expect(jobBehind(`https://cdn.example/media/videos/${job}/1/master.m3u8`, SECURE)).toBe('');
  expect(jobBehind('https://sod.example/media/videos/7/1/master.m3u8', SECURE)).toBe('');
});

test.each([
  ['https://cdn.example/a.mpd?x=1', undefined, 'dash'],
  ['https://cdn.example/a', 'dash', 'dash'],
  ['https://cdn.example/a.m3u8', null, 'hls'],
  ['no address', null, 'hls'],
])('%s, found to be %s, is %s', (address, kind, format) => {
  expect(formatOf(address, kind)).toBe(format);
});
