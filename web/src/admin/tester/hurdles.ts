/** What stands between a browser and a stream that has nothing to do with the stream itself. */
import type { Failure } from '../../player/engine';

export type Hurdle = 'mixedContent' | 'cors' | 'needsGrant' | 'refused';

/** The engine's number for an answer that is none of success, such as 404. */
const BAD_HTTP_STATUS = '1001';

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

/** Of a host that does not let our page read, a browser says only that there was no answer. */
export function hurdleBehind(failure: Failure, address: string, page: Page): Hurdle | null {
  const before = hurdleBefore(address, page);
  if (before) return before;
  if (failure.code === BAD_HTTP_STATUS) return 'refused';
  const url = URL.parse(address);
  return failure.reason === 'network' && url && url.origin !== page.origin ? 'cors' : null;
}

const OWN_MEDIA = /^\/media\/videos\/([\da-f-]{36})\//;

/** The film that an address of our own media belongs to, by the id of the job that made it. */
export function jobBehind(address: string, page: Page): string {
  const url = URL.parse(address);
  return url?.origin === page.origin ? (OWN_MEDIA.exec(url.pathname)?.[1] ?? '') : '';
}

export function formatOf(address: string, kind: string | null | undefined): 'hls' | 'dash' {
  if (kind === 'dash' || kind === 'hls') return kind;
  return URL.parse(address)?.pathname.endsWith('.mpd') ? 'dash' : 'hls';
}
