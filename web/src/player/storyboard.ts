/** A storyboard: WebVTT whose cues are rectangles on sheets of small pictures (`sheet.jpg#xywh=160,90,160,90`). */

export interface Tile {
  startSeconds: number;
  endSeconds: number;
  url: string;
  x: number;
  y: number;
  width: number;
  height: number;
}

const TIMES = /(\d+):(\d{2}):(\d{2}\.\d+)\s+-->\s+(\d+):(\d{2}):(\d{2}\.\d+)/;
const PLACE = /^(.+)#xywh=(\d+),(\d+),(\d+),(\d+)$/;

export function parseStoryboard(text: string, address: string): Tile[] {
  return text.split(/\r?\n\r?\n/).flatMap((block) => {
    const times = TIMES.exec(block);
    const place = PLACE.exec(block.trim().split(/\r?\n/).at(-1) ?? '');
    if (!times || !place) return [];
    const [x = 0, y = 0, width = 0, height = 0] = place.slice(2).map(Number);
    return [
      {
        startSeconds: secondsOf(times.slice(1, 4)),
        endSeconds: secondsOf(times.slice(4, 7)),
        url: new URL(place[1] ?? '', address).href,
        x,
        y,
        width,
        height,
      },
    ];
  });
}

function secondsOf(parts: string[]): number {
  return parts.reduce((sum, part) => sum * 60 + Number(part), 0);
}

/** As many tiles as there is room for, at even distances over the film. */
export function spread(tiles: Tile[], count: number): Tile[] {
  if (tiles.length <= count) return tiles;
  return Array.from(
    { length: count },
    (_, place) => tiles[Math.floor((place * tiles.length) / count)],
  ).filter((tile) => tile !== undefined);
}
