/** What stands between a browser and a stream that has nothing to do with the stream itself. */
import type { Failure } from '../../player/engine';

export type Hurdle = 'mixedContent' | 'cors' | 'needsGrant';

interface Page {
  protocol: string;
  origin: string;
}

/** What is sure before anything was asked for. */
export function hurdleBefore(address: string, page: Page): Hurdle | null {
  const url = URL.parse(address);
  if (!url) return null;
  if (page.protocol === 'https:' && url.protocol === 'http:') return 'mixedContent';
  const isOwnMedia = url.origin === page.origin && url.pathname.startsWith('/media/videos/');
  return isOwnMedia ? 'needsGrant' : null;
}

/** A browser says of another host's refusal only that there was no answer. */
export function hurdleBehind(failure: Failure, address: string, page: Page): Hurdle | null {
  const before = hurdleBefore(address, page);
  if (before) return before;
  const url = URL.parse(address);
  return failure.reason === 'network' && url && url.origin !== page.origin ? 'cors' : null;
}

export function formatOf(address: string, kind: string | null | undefined): 'hls' | 'dash' {
  if (kind === 'dash' || kind === 'hls') return kind;
  return URL.parse(address)?.pathname.endsWith('.mpd') ? 'dash' : 'hls';
}
