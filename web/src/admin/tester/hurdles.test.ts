import { expect, test } from 'vitest';
import { formatOf, hurdleBefore, hurdleBehind } from './hurdles';

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

test.each([
  ['https://cdn.example/a.mpd?x=1', undefined, 'dash'],
  ['https://cdn.example/a', 'dash', 'dash'],
  ['https://cdn.example/a.m3u8', null, 'hls'],
  ['no address', null, 'hls'],
])('%s, found to be %s, is %s', (address, kind, format) => {
  expect(formatOf(address, kind)).toBe(format);
});
