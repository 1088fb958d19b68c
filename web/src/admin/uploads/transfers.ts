/** The films on their way in, in this module's memory, so that no change of page ends one. A few are sent at a time. */
import { hasStatus } from '../../api/problem';
import type { FilmDetails, Job, UploadSummary } from '../../api/types';
import { followJob, isUnderWay } from '../kit/followJob';
import { cancelJob, retryJob } from '../kit/jobActions';
import { type Patience, patiently } from './patience';
import { describeFilm, dropUpload, ownJobs, uploadsByJob } from './queries';
import { sendFilm } from './sendFilm';
import { Speedometer } from './speedometer';
import { isSending, stageOf, type Transfer } from './transfer';

/** What the server allows at once is three; one is left for another window. */
const SENT_AT_ONCE = 2;
/** Faster than this nobody reads. */
const TELL_EVERY_MILLISECONDS = 250;

interface Work {
  /** None where the film is whole at the server already, and this page was loaded since. */
  file: File | null;
  stop: AbortController;
  speed: Speedometer;
}

let transfers: readonly Transfer[] = [];
const works = new Map<string, Work>();
const listeners = new Set<() => void>();
let telling: ReturnType<typeof setTimeout> | undefined;

export function currentTransfers(): readonly Transfer[] {
  return transfers;
}

export function onTransfers(listener: () => void): () => void {
  listeners.add(listener);
  return () => void listeners.delete(listener);
}

/** Takes films up; one that was begun before, here or in another window, goes on from there. */
export function addFilms(files: File[]): void {
  for (const file of files) {
    if (isUnderWayAlready(file)) continue;
    take({ name: file.name, size: file.size }, file);
  }
  tell();
  sendWaiting();
}

/** Shows how the films fare that this person has brought and that became jobs before this page was loaded. */
export async function takeUpJobs(): Promise<void> {
  const jobs = (await ownJobs()).filter(isUnderWay);
  const uploads = jobs.length > 0 ? await uploadsByJob() : new Map<string, UploadSummary>();
  for (const job of jobs) {
    if (transfers.some((each) => each.job?.id === job.id)) continue;
    const { sourceName: name, sourceBytes: size, title } = job;
    const upload = uploads.get(job.id);
    const details = upload?.details ?? { title };
    const told = { name, size, sentBytes: size, stage: stageOf(job), job, details };
    const { key, work } = take({ ...told, uploadId: upload?.uploadId ?? null }, null);
    void followOn(key, job.id, work.stop.signal);
  }
  tell();
}

function take(told: Pick<Transfer, 'name' | 'size'> & Partial<Transfer>, file: File | null) {
  const key = crypto.randomUUID();
  const work: Work = { file, stop: new AbortController(), speed: new Speedometer() };
  works.set(key, work);
  transfers = [
    ...transfers,
    {
      key,
      stage: 'waiting',
      sentBytes: 0,
      bytesPerSecond: null,
      fault: null,
      uploadId: null,
      job: null,
      details: {},
      ...told,
    },
  ];
  return { key, work };
}

export function pause(key: string): void {
  works.get(key)?.stop.abort();
  change(key, { stage: 'paused', bytesPerSecond: null, fault: null });
  sendWaiting();
}

/** Goes on after a pause, or tries again after a failure. */
export function goOn(key: string): void {
  // What the server has forgotten begins anew.
  const forgotten = hasStatus(find(key)?.fault, 404);
  change(key, { stage: 'waiting', fault: null, ...(forgotten && { uploadId: null, sentBytes: 0 }) });
  sendWaiting();
}

/** Ends it for good; what has arrived is forgotten by the server too. Once it is a job, only the row goes. */
export async function remove(key: string): Promise<void> {
  const transfer = find(key);
  if (transfer?.uploadId && !transfer.job) {
    pause(key);
    await dropUpload(transfer.uploadId).catch((error: unknown) => {
      // It is gone already.
      if (!hasStatus(error, 404)) throw error;
    });
  }
  works.get(key)?.stop.abort();
  works.delete(key);
  transfers = transfers.filter((each) => each.key !== key);
  tell();
  sendWaiting();
}

/** Ends the transcoding of a film, which stays at the server and can be tried again; its row stays as well. */
export async function stopJob(key: string): Promise<void> {
  const jobId = find(key)?.job?.id;
  if (!jobId) return;
  const job = await cancelJob(jobId);
  change(key, { job, stage: stageOf(job) });
}

/** What the show is to say; sent at once where there is an upload, else as soon as there is one. */
export async function describe(key: string, details: FilmDetails): Promise<void> {
  const transfer = find(key);
  if (transfer) await describeFilm(transfer, details);
  change(key, { details });
}

function isUnderWayAlready(file: File): boolean {
  return transfers.some(
    (each) => each.name === file.name && each.size === file.size && each.stage !== 'ready',
  );
}

function find(key: string): Transfer | undefined {
  return transfers.find((each) => each.key === key);
}

function change(key: string, changes: Partial<Transfer>, { soon = false } = {}): void {
  transfers = transfers.map((each) => (each.key === key ? { ...each, ...changes } : each));
  if (soon) telling ??= setTimeout(tell, TELL_EVERY_MILLISECONDS);
  else tell();
}

function tell(): void {
  clearTimeout(telling);
  telling = undefined;
  listeners.forEach((listener) => listener());
}

function sendWaiting(): void {
  const free = SENT_AT_ONCE - transfers.filter(isSending).length;
  for (const transfer of transfers.filter(({ stage }) => stage === 'waiting').slice(0, Math.max(0, free))) {
    const work = works.get(transfer.key);
    if (!work) continue;
    work.stop = new AbortController();
    work.speed = new Speedometer();
    change(transfer.key, { stage: 'sending' });
    void send(transfer, work);
  }
}

async function send(transfer: Transfer, work: Work): Promise<void> {
  const { key } = transfer;
  const { signal } = work.stop;
  const onTrouble = (fault: unknown) => {
    if (!signal.aborted && (find(key)?.fault ?? null) !== fault) change(key, { fault });
  };
  try {
    const job = await jobOf(transfer, work, { signal, onTrouble });
    change(key, { stage: stageOf(job), job, fault: null, sentBytes: transfer.size, bytesPerSecond: null });
    sendWaiting();
    await followOn(key, job.id, signal);
  } catch (error) {
    if (!signal.aborted) change(key, { stage: 'failed', fault: error, bytesPerSecond: null });
    sendWaiting();
  }
}

/** The job of a film: tried again where there is one already, else after all of the film was sent. */
function jobOf(transfer: Transfer, work: Work, patience: Patience): Promise<Job> {
  const { key, job, details, uploadId } = transfer;
  if (job) return patiently(() => retryJob(job.id), patience);
  if (!work.file) throw new Error('Neither a film to send nor a job of one');
  const taken = new Set(transfers.flatMap((each) => each.uploadId ?? []));
  return sendFilm(
    { file: work.file, details, uploadId, taken },
    {
      ...patience,
      onBegun: async (begun) => {
        const told = { ...begun.details, ...find(key)?.details };
        change(key, { uploadId: begun.uploadId, details: told });
        // What was filled in while there was no upload to tell it to.
        if (Object.keys(told).length > 0)
          await patiently(() => describeFilm({ ...begun, job: null }, told), patience).catch(orLet409Pass);
      },
      onSent: (sentBytes) => {
        if (patience.signal.aborted) return;
        work.speed.note(sentBytes, performance.now());
        change(key, { sentBytes, bytesPerSecond: work.speed.bytesPerSecond }, { soon: true });
      },
      onChecking: () => change(key, { stage: 'checking', bytesPerSecond: null }),
    },
  );
}

/** The film has become a show meanwhile: that says what it says. */
function orLet409Pass(error: unknown): void {
  if (!hasStatus(error, 409)) throw error;
}

async function followOn(key: string, jobId: string, signal: AbortSignal): Promise<void> {
  try {
    for await (const job of followJob(jobId, signal)) change(key, { job, stage: stageOf(job) });
  } catch (error) {
    if (!signal.aborted) change(key, { stage: 'failed', fault: error });
  }
}
