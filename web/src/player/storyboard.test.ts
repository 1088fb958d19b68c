import { expect, test } from 'vitest';
import { parseStoryboard, spread } from './storyboard';

const BOARD = `WEBVTT

00:00:00.000 --> 00:00:10.000
sprite-001.jpg#xywh=0,0,160,90

01:01:50.500 --> 01:02:00.000
sprite-002.jpg#xywh=160,90,160,90
`;

test('each cue is a moment and a rectangle on a sheet beside the storyboard', () => {
  const tiles = parseStoryboard(BOARD, 'https://sod.example/media/grant/videos/7/storyboard.vtt');

  expect(tiles).toHaveLength(2);
  expect(tiles[1]).toEqual({
    startSeconds: 3710.5,
    endSeconds: 3720,
    url: 'https://sod.example/media/grant/videos/7/sprite-002.jpg',
    x: 160,
    y: 90,
    width: 160,
    height: 90,
  });
});

test.each(['', 'WEBVTT', '<html>', 'WEBVTT\n\n00:00:00.000 --> 00:00:10.000\njust words'])(
  'what is no storyboard has no tiles: %j',
  (text) => {
    expect(parseStoryboard(text, 'https://sod.example/')).toEqual([]);
  },
);

test('with little room the film is still covered from its beginning', () => {
  const tiles = Array.from({ length: 100 }, (_, place) => ({
    startSeconds: place,
    endSeconds: place + 1,
    url: 'sheet.jpg',
    x: 0,
    y: 0,
    width: 160,
    height: 90,
  }));

  expect(spread(tiles, 4).map((tile) => tile.startSeconds)).toEqual([0, 25, 50, 75]);
});
