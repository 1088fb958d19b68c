/** A film from its first byte to its job: in parts, several at once, none of them twice. */
import { hasStatus, UnreachableError } from '../../api/problem';
import type { FilmDetails, Job } from '../../api/types';
import { type Arrived, arrivedOf, partNumbers, partOf, sizeOfPart } from './arrivedParts';
import { type Patience, patiently } from './patience';
import * as server from './queries';
import { sendPart } from './sendPart';

const PARTS_AT_ONCE = 3;

export interface Film {
  file: File;
  details: FilmDetails;
  /** Of an upload that was begun here already. */
  uploadId: string | null;
  /** Uploads that others here are at. */
  taken: ReadonlySet<string>;
}

/** An upload at the server, and what was said of the film when it was begun in another window. */
interface Begun {
  uploadId: string;
  details?: FilmDetails | null;
}

export interface Listener extends Patience {
  onBegun: (begun: Begun) => Promise<void>;
  onSent: (bytes: number) => void;
  /** Every part is there; the server puts them together and looks at the film. */
  onChecking: () => void;
}

/** Sends what is missing and returns the job. Throws what will not pass by itself, and what the signal says. */
export async function sendFilm(film: Film, listener: Listener): Promise<Job> {
  const begun = film.uploadId ? { uploadId: film.uploadId } : await patiently(() => begin(film), listener);
  const { uploadId } = begun;
  await listener.onBegun(begun);
  for (;;) {
    const upload = await patiently(() => server.readUpload(uploadId), listener);
    const arrived = await arrivedOf(upload, film.file);
    if (upload.state === 'receiving')
      await sendMissing(film.file, upload.partSize, uploadId, arrived, listener);
    listener.onChecking();
    try {
      return await patiently(() => server.completeUpload(uploadId, arrived), listener);
    } catch (error) {
      // A part went missing or came differently: what is there is asked for anew.
      if (!hasStatus(error, 409)) throw error;
    }
  }
}

async function begin({ file, details, taken }: Film): Promise<Begun> {
  const before = await server.begunBefore(file, taken);
  return before ?? { uploadId: await server.beginUpload(file, details) };
}

/** Adds to `arrived` until nothing is missing. */
async function sendMissing(
  file: File,
  partSize: number,
  uploadId: string,
  arrived: Arrived,
  listener: Listener,
): Promise<void> {
  const missing = partNumbers(file.size, partSize).filter((number) => !arrived.has(number));
  const underWay = new Map<number, number>();
  const tell = () => {
    const there = [...arrived.keys()].reduce(
      (sum, number) => sum + sizeOfPart(number, file.size, partSize),
      0,
    );
    listener.onSent([...underWay.values()].reduce((sum, bytes) => sum + bytes, there));
  };
  // When one part fails for good, the others need not go on.
  const others = new AbortController();
  const signal = AbortSignal.any([listener.signal, others.signal]);
  const sendNext = async () => {
    for (let number = missing.shift(); number !== undefined; number = missing.shift()) {
      const own = number;
      const onSent = (bytes: number) => {
        underWay.set(own, bytes);
        // Not only once the part is through: on a slow line that is minutes after the server came back.
        if (bytes > 0) listener.onTrouble(null);
        tell();
      };
      const etag = await patiently(
        () => sendOnce(uploadId, own, partOf(file, own, partSize), { signal, onSent }),
        { ...listener, signal },
      );
      underWay.delete(own);
      arrived.set(own, etag);
      tell();
    }
  };
  tell();
  try {
    await Promise.all(Array.from({ length: PARTS_AT_ONCE }, sendNext));
  } catch (error) {
    others.abort(error);
    throw error;
  }
}

async function sendOnce(
  uploadId: string,
  number: number,
  part: Blob,
  options: { signal: AbortSignal; onSent: (bytes: number) => void },
): Promise<string> {
  const send = async () => sendPart(await server.partTarget(uploadId, number), part, options);
  // The address may have run out while the line was down: another one is asked for, once.
  const etag = await send().catch((error: unknown) => {
    if (hasStatus(error, 401, 403)) return send();
    throw error;
  });
  return etag ?? (await etagAtStorage(uploadId, number));
}

/** For a bucket that does not let scripts read the header. */
async function etagAtStorage(uploadId: string, number: number): Promise<string> {
  const { parts } = await server.readUpload(uploadId);
  const part = parts.findLast(({ partNumber }) => partNumber === number);
  if (!part) throw new UnreachableError('The part is not there yet');
  return part.etag;
}
