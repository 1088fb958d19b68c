/** What the API can do for films on their way in. */
import { queryOptions } from '@tanstack/react-query';
import { api } from '../../api/client';
import { answered } from '../../api/problem';
import type { FilmDetails, Job, Upload, UploadSummary } from '../../api/types';
import type { PartTarget } from './sendPart';

const LOOK_AGAIN_MILLISECONDS = 15_000;

const ofUpload = (uploadId: string) => ({ path: { upload_id: uploadId } });

const listUnfinished = () => answered(api.GET('/ingest/uploads'));

/** What this person has sent in parts, by the job that it has become: films that came another way are not among them. */
export async function uploadsByJob(): Promise<Map<string, UploadSummary>> {
  const { items } = await answered(api.GET('/ingest/uploads', { params: { query: { state: 'completed' } } }));
  return new Map(items.flatMap((each) => (each.jobId ? [[each.jobId, each]] : [])));
}

export const unfinishedUploads = queryOptions({
  queryKey: ['mine', 'uploads'],
  queryFn: listUnfinished,
});

/** The newest jobs of films that this person has brought, from here or from anywhere. */
export async function ownJobs(): Promise<Job[]> {
  return (await answered(api.GET('/ingest/jobs', { params: { query: { mine: true } } }))).items;
}

/** Browsers name no type for what their system does not know. */
const UNKNOWN_TYPE = 'application/octet-stream';

/** The upload of this very film that was begun and not completed, unless somebody here is at it. */
export async function begunBefore(
  file: File,
  taken: ReadonlySet<string>,
): Promise<UploadSummary | undefined> {
  const { items } = await listUnfinished();
  return items.find(
    ({ uploadId, filename, size }) => filename === file.name && size === file.size && !taken.has(uploadId),
  );
}

export async function beginUpload(file: File, details: FilmDetails): Promise<string> {
  const body = {
    filename: file.name,
    size: file.size,
    contentType: file.type || UNKNOWN_TYPE,
    ...(details.title && { title: details.title }),
  };
  return (await answered(api.POST('/ingest/uploads', { body }))).uploadId;
}

export function readUpload(uploadId: string): Promise<Upload> {
  return answered(api.GET('/ingest/uploads/{upload_id}', { params: ofUpload(uploadId) }));
}

export function partTarget(uploadId: string, partNumber: number): Promise<PartTarget> {
  const path = { upload_id: uploadId, part_number: partNumber };
  return answered(api.GET('/ingest/uploads/{upload_id}/parts/{part_number}', { params: { path } }));
}

export function completeUpload(uploadId: string, parts: Map<number, string>): Promise<Job> {
  const said = [...parts].map(([partNumber, etag]) => ({ partNumber, etag }));
  return answered(
    api.POST('/ingest/uploads/{upload_id}/complete', {
      params: ofUpload(uploadId),
      body: { parts: said },
    }),
  );
}

export async function dropUpload(uploadId: string): Promise<void> {
  await answered(api.DELETE('/ingest/uploads/{upload_id}', { params: ofUpload(uploadId) }));
}

/** What has become of a film since; others decide about it. Looked up anew with the library. */
export const madeShow = (showId: string) =>
  queryOptions({
    queryKey: ['mine', 'library', 'made', showId],
    queryFn: () => answered(api.GET('/shows/{show_id}', { params: { path: { show_id: showId } } })),
    refetchInterval: LOOK_AGAIN_MILLISECONDS,
  });

/** Says it of what there is by now: the show, or the upload that is to become one. */
export async function describeFilm(
  { uploadId, job }: { uploadId: string | null; job: Job | null },
  details: FilmDetails,
): Promise<void> {
  if (job?.showId) {
    const params = { path: { show_id: job.showId } };
    await answered(api.PATCH('/shows/{show_id}', { params, body: details }));
  } else if (uploadId) {
    const params = ofUpload(uploadId);
    await answered(api.PUT('/ingest/uploads/{upload_id}/details', { params, body: details }));
  }
}
