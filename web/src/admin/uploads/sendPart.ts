/** One part of a film on its way to the address that was given for it, at our server or at a bucket. */
import { problemOf, UnreachableError } from '../../api/problem';

export interface PartTarget {
  url: string;
  method: string;
  headers: Record<string, string>;
}

/** A line on which nothing moves for so long is dead, whatever the system still hopes. */
const STILL_MILLISECONDS = 60_000;

/** Sends it and returns the ETag, null where the storage does not show it. XMLHttpRequest, because it tells how far it is. */
export function sendPart(
  target: PartTarget,
  part: Blob,
  { signal, onSent }: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    const stop = () => request.abort();
    let stillness = setTimeout(stop, STILL_MILLISECONDS);
    const end = (then: () => void) => () => {
      clearTimeout(stillness);
      signal.removeEventListener('abort', stop);
      then();
    };
    request.open(target.method, target.url);
    for (const [name, value] of Object.entries(target.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => {
      clearTimeout(stillness);
      stillness = setTimeout(stop, STILL_MILLISECONDS);
      onSent(event.loaded);
    };
    request.onload = end(() => {
      if (request.status < 300) resolve(request.getResponseHeader('ETag')?.replaceAll('"', '') ?? null);
      else reject(problemOf(new Response(null, { status: request.status }), parsed(request.responseText)));
    });
    request.onerror = end(() => reject(new UnreachableError('The part did not arrive')));
    request.onabort = end(() =>
      reject(signal.aborted ? (signal.reason as Error) : new UnreachableError('The part got stuck')),
    );
    signal.addEventListener('abort', stop);
    request.send(part);
    if (signal.aborted) stop();
  });
}

/** A bucket answers in XML, which says nothing to a person. */
function parsed(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return null;
  }
}
