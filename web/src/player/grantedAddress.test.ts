import { expect, test } from 'vitest';
import { GrantKeeper, grantOf } from './grantedAddress';

const HOST = 'http://sod.example';

test('a segment asked for under an old grant goes out under the new one', () => {
  const keeper = new GrantKeeper();
  keeper.take(`${HOST}/media/first/videos/7/1/master.m3u8`);
  keeper.take(`${HOST}/media/second/videos/7/1/master.m3u8`);

  expect(keeper.renewed(`${HOST}/media/first/videos/7/1/seg-0-00007.m4s`)).toBe(
    `${HOST}/media/second/videos/7/1/seg-0-00007.m4s`,
  );
});

test('a grant two renewals old is replaced as well', () => {
  const keeper = new GrantKeeper();
  for (const grant of ['first', 'second', 'third'])
    keeper.take(`${HOST}/media/${grant}/videos/7/master.m3u8`);

  expect(keeper.renewed(`${HOST}/media/first/videos/7/a.m4s`)).toContain('/media/third/');
});

test.each([`${HOST}/media/videos/7/poster.jpg`, 'https://cdn.example/7/master.m3u8', 'data:text/vtt,WEBVTT'])(
  'an address that has no grant of ours stays as it is: %s',
  (address) => {
    const keeper = new GrantKeeper();
    keeper.take(`${HOST}/media/first/videos/7/master.m3u8`);
    keeper.take(`${HOST}/media/second/videos/7/master.m3u8`);

    expect(keeper.renewed(address)).toBe(address);
  },
);

test('a stream somewhere else has no grant', () => {
  expect(grantOf('https://cdn.example/7/master.m3u8')).toBeNull();
  expect(grantOf(null)).toBeNull();
});
