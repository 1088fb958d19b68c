/** Calls of the HTTP contract that the server does not answer yet; what schema.d.ts has, leaves this file. */

interface NoAnswer {
  parameters: { query?: never; header?: never; path?: never; cookie?: never };
  responses: { 204: { content?: never } };
}

interface Takes<Body> {
  requestBody: { content: { 'application/json': Body } };
}

export interface AnnouncedPaths {
  '/auth/password/forgot': { post: NoAnswer & Takes<{ email: string }> };
  '/auth/password/reset': { post: NoAnswer & Takes<{ token: string; password: string }> };
  '/auth/email/verify': { post: NoAnswer & Takes<{ token: string }> };
}
