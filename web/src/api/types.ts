/** The API's shapes under the names that the client uses; the generated schema is read here and in client.ts only. */
import type { components } from './schema';

type Schemas = components['schemas'];

export type QueuedShow = Schemas['QueuedShow'];
export type Claim = Schemas['ClaimDetail'];
export type Review = Schemas['ReviewDetail'];
export type Finding = Review['findings'][number];
export type StreamReport = Schemas['StreamReport'];
export type StreamFault = Schemas['FaultDetail'];
export type JobState = Schemas['JobState'];
export type IngestEvent = Schemas['EventDetail'];
export type IngestEventSummary = Schemas['EventSummary'];
export type ApiKey = Schemas['ApiKeyDetail'];
export type FreshKey = Schemas['FreshApiKey'];
export type Scope = Schemas['Scope'];
export type AuditEntry = Schemas['AuditDetail'];
export type Subscription = Schemas['SubscriptionDetail'];
export type NewSubscription = Schemas['NewSubscription'];
export type NewSubscriptionDetail = Schemas['NewSubscriptionDetail'];
export type Delivery = Schemas['DeliveryDetail'];
export type Reason = Schemas['Reason'];

export type User = Schemas['UserDetail'];
export type SignedIn = Schemas['SignedInAnswer'];
export type Facets = Schemas['Facets'];
export type ShowPage = Schemas['ShowPage'];
export type Show = Schemas['ShowDetail'];
export type DeletedShow = Schemas['DeletedShow'];
export type Marker = Schemas['Marker'];
export type Playback = Schemas['Playback'];
export type SessionDetail = Schemas['SessionDetail'];
export type WatchedShow = Schemas['WatchedShow'];
export type Job = Schemas['JobDetail'];
export type Upload = Schemas['UploadDetail'];
export type UploadSummary = Schemas['UploadSummary'];
export type FilmDetails = Schemas['FilmDetails-Input'];
export type Overview = Schemas['Overview'];
