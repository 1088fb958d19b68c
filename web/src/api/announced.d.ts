/** Calls of the HTTP contract that the server does not answer yet; what schema.d.ts has, leaves this file. */
import type { components } from './schema';

type Schemas = components['schemas'];

interface Answers<Body = never> {
  200: { content: { 'application/json': Body } };
}

/** A call with nothing in the address or the headers. */
interface Plain {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
}

interface By<Name extends string> {
  parameters: { query?: never; header?: never; path: Record<Name, string>; cookie?: never };
}

interface Paged {
  parameters: { query?: { limit?: number; cursor?: string }; header?: never; path?: never; cookie?: never };
}

interface Takes<Body> {
  requestBody: { content: { 'application/json': Body } };
}

interface Page<Item> {
  items: Item[];
  nextCursor: string | null;
}

/** The show itself comes along: a row of pictures needs no call for each. */
export interface WatchedShow {
  showId: string;
  positionSeconds: number;
  finished: boolean;
  updatedAt: string;
  show: Schemas['ShowDetail'];
}

export interface ListedShow {
  show: Schemas['ShowDetail'];
  addedAt: string;
}

export interface SessionDetail {
  id: string;
  device: string;
  address: string;
  current: boolean;
  createdAt: string;
  lastSeenAt: string;
}

interface ProfileChanges {
  email: string;
  name: string;
  password?: string;
  currentPassword?: string;
}

export interface AnnouncedPaths {
  '/auth/sessions': { get: Paged & { responses: Answers<Page<SessionDetail>> } };
  '/auth/sessions/{session_id}': { delete: By<'session_id'> & { responses: Answers } };
  '/auth/password/forgot': { post: Plain & Takes<{ email: string }> & { responses: Answers } };
  '/auth/password/reset': {
    post: Plain & Takes<{ token: string; password: string }> & { responses: Answers };
  };
  '/auth/email/verify': { post: Plain & Takes<{ token: string }> & { responses: Answers } };
  '/users/{user_id}': {
    put: By<'user_id'> & Takes<ProfileChanges> & { responses: Answers<Schemas['UserDetail']> };
    delete: By<'user_id'> & { responses: Answers };
  };
  '/users/me/progress': { get: Paged & { responses: Answers<Page<WatchedShow>> } };
  '/users/me/watchlist': { get: Paged & { responses: Answers<Page<ListedShow>> } };
  '/users/me/watchlist/{show_id}': {
    put: By<'show_id'> & { responses: Answers };
    delete: By<'show_id'> & { responses: Answers };
  };
}
