import { useEffect, useRef } from 'react';
import type { Schema } from '#libs/admin-api';
import { fetchApi } from './client';

export type LiveBatch = Schema<'LiveBatch'>;

const RETRY_MS = 3_000;

/**
 * Tells of calls as they are settled, as long as the component is there. The stream ends by itself every few minutes and is
 * opened again with a fresh token; what came in between is not told.
 */
export function useLiveCalls(organization: string, enabled: boolean, tell: (batch: LiveBatch) => void): void {
  const latest = useRef(tell);
  latest.current = tell;
  useEffect(() => {
    if (!enabled) return undefined;
    const leave = new AbortController();
    void follow(organization, leave.signal, (batch) => latest.current(batch));
    return () => leave.abort();
  }, [organization, enabled]);
}

async function follow(organization: string, signal: AbortSignal, tell: (batch: LiveBatch) => void): Promise<void> {
  const path = `/api/v1/organizations/${encodeURIComponent(organization)}/requests/live`;
  while (!signal.aborted) {
    try {
      const response = await fetchApi(path, { signal, headers: { accept: 'text/event-stream' } });
      if (response.body) await read(response.body, tell);
    } catch {
      // It is away, or the person has left: asked again, or not.
    }
    if (!signal.aborted) await new Promise((resolve) => setTimeout(resolve, RETRY_MS));
  }
}

/** Server-sent events (HTML §9.2), as much of them as our own server sends. */
async function read(body: ReadableStream<Uint8Array>, tell: (batch: LiveBatch) => void): Promise<void> {
  const reader = body.pipeThrough(new TextDecoderStream() as ReadableWritablePair<string, Uint8Array>).getReader();
  let rest = '';
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return;
    const events = (rest + value).split('\n\n');
    rest = events.pop() ?? '';
    for (const event of events) {
      const data = event.split('\n').find((line) => line.startsWith('data: '));
      if (data) tell(JSON.parse(data.slice('data: '.length)) as LiveBatch);
    }
  }
}
