/** Server-sent events over fetch: EventSource can't show who asks. */
import { accessToken } from './accessToken';
import { problemOf, UnreachableError } from './problem';

export interface StreamEvent {
  id: string | null;
  event: string;
  data: string;
}

/** What the stream says from after `lastEventId` on. Ends with the stream; throws ProblemError and UnreachableError. */
export async function* eventStream(
  path: string,
  { signal, lastEventId }: { signal: AbortSignal; lastEventId: string | null },
): AsyncGenerator<StreamEvent> {
  const response = await ask(path, signal, lastEventId, false);
  if (response.status === 204 || !response.body) return;
  const reader = response.body.pipeThrough(new TextDecoderStream()).getReader();
  let unread = '';
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return;
      const blocks = (unread + value).split('\n\n');
      unread = blocks.pop() ?? '';
      yield* blocks.flatMap(readEvent);
    }
  } catch (cause) {
    throw cause instanceof TypeError ? new UnreachableError('The stream broke off', { cause }) : cause;
  } finally {
    void reader.cancel().catch(() => undefined);
  }
}

async function ask(
  path: string,
  signal: AbortSignal,
  lastEventId: string | null,
  renew: boolean,
): Promise<Response> {
  const token = await accessToken({ renew });
  const headers = {
    Accept: 'text/event-stream',
    'X-Requested-With': 'sod',
    ...(token && { Authorization: `Bearer ${token}` }),
    ...(lastEventId && { 'Last-Event-ID': lastEventId }),
  };
  const response = await fetch(path, { headers, signal }).catch((cause: unknown) => {
    throw cause instanceof TypeError ? new UnreachableError('No answer', { cause }) : cause;
  });
  if (response.status === 401 && !renew) return ask(path, signal, lastEventId, true);
  if (!response.ok) throw problemOf(response, await response.json().catch(() => null));
  return response;
}

/** One block of lines; a block of comments alone is the server's heartbeat. */
function readEvent(block: string): StreamEvent[] {
  const fields = { id: null as string | null, event: 'message', data: [] as string[] };
  for (const line of block.split('\n')) {
    const [name, value] = splitOnce(line);
    if (name === 'data') fields.data.push(value);
    else if (name === 'id') fields.id = value;
    else if (name === 'event') fields.event = value;
  }
  return fields.data.length > 0 ? [{ ...fields, data: fields.data.join('\n') }] : [];
}

function splitOnce(line: string): [string, string] {
  const at = line.indexOf(':');
  return at < 0 ? [line, ''] : [line.slice(0, at), line.slice(at + 1).replace(/^ /, '')];
}
