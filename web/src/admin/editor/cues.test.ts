import { expect, test } from 'vitest';
import { asWebVTT, cuesOf } from './cues';

test('a SubRip file becomes WebVTT that says the same', () => {
  const file =
    '\ufeff1\r\n00:00:01,500 --> 00:00:02,25\r\n<font color="red"><I>Cats</I> & dogs</font>\r\n\r\n' +
    '2\r\n01:02:03,004 --> 01:02:04,000\r\n{\\an8}1 < 2\r\nand so on\r\n3\r\n01:02:05,000 --> 01:02:06,000\r\nEnd';

  const cues = cuesOf(file);

  expect(cues.map(({ text }) => text)).toEqual(['Cats & dogs', '1 < 2\nand so on', 'End']);
  expect(asWebVTT(cues)).toBe(
    'WEBVTT\n\n00:00:01.500 --> 00:00:02.250\n<i>Cats</i> &amp; dogs\n\n' +
      '01:02:03.004 --> 01:02:04.000 line:0\n1 &lt; 2\nand so on\n\n01:02:05.000 --> 01:02:06.000\nEnd\n',
  );
});

test('what WebVTT has besides its cues is not shown as words', () => {
  const file =
    'WEBVTT - of somebody\n\nNOTE nothing\n\nSTYLE\n::cue { color: red }\n\n' +
    'later\n00:03.000 --> 00:04.000 position:10% region:fred\n<v Ann><b>Second &lt;one&gt;</i></v>\n\n' +
    'sooner\n00:01.000 --> 00:02.000\n<c.loud>First</c>\n\n00:05.000 --> 00:05.000\nno time\n';

  expect(cuesOf(file)).toEqual([
    { startSeconds: 1, endSeconds: 2, text: 'First', marked: 'First', settings: '' },
    {
      startSeconds: 3,
      endSeconds: 4,
      text: 'Second <one>',
      marked: '<b>Second &lt;one&gt;</b>',
      settings: 'position:10%',
    },
  ]);
  expect(cuesOf('Dear editor,\n\nthe captions will follow.')).toEqual([]);
});
