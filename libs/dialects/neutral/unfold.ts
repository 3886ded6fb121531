import type { ChatEvent, PartDelta, PartStart } from './event.js';
import type { Part } from './request.js';
import type { ChatResponse } from './response.js';

/** A whole answer as the stream it could have been: replays a cached answer to a client that asked for a stream. */
export function eventsOf(response: ChatResponse): ChatEvent[] {
  const { id, model, createdSec, serviceTier, choices, usage } = response;
  const events: ChatEvent[] = [
    {
      type: 'start',
      id,
      model,
      ...(createdSec === undefined ? {} : { createdSec }),
      ...(serviceTier === undefined ? {} : { serviceTier }),
    },
  ];
  for (const { index, parts, finish, logprobs } of choices) {
    let pendingLogprobs = logprobs;
    parts.forEach((part, at) => {
      const pieces = piecesOf(part, pendingLogprobs);
      if (!pieces) return;
      if (part.type === 'text' || part.type === 'refusal') pendingLogprobs = undefined;
      events.push({ type: 'part-start', choice: index, part: at, start: pieces.start });
      for (const delta of pieces.deltas) events.push({ type: 'part-delta', choice: index, part: at, delta });
      events.push({ type: 'part-end', choice: index, part: at });
    });
    events.push({ type: 'finish', choice: index, finish });
  }
  if (usage) events.push({ type: 'usage', usage });
  events.push({ type: 'end' });
  return events;
}

interface Pieces {
  readonly start: PartStart;
  readonly deltas: readonly PartDelta[];
}

/** Undefined for parts that no answer has: images, files, tool results. */
function piecesOf(part: Part, logprobs: unknown): Pieces | undefined {
  switch (part.type) {
    case 'text':
    case 'refusal': {
      const text: PartDelta = { kind: 'text', text: part.text, ...(logprobs === undefined ? {} : { logprobs }) };
      const citations = part.type === 'text' ? (part.citations ?? []) : [];
      return {
        start: { kind: part.type },
        deltas: [text, ...citations.map((citation) => ({ kind: 'citation', citation }) as const)],
      };
    }
    case 'reasoning': {
      const deltas: PartDelta[] = part.text === '' ? [] : [{ kind: 'text', text: part.text }];
      if (part.encrypted !== undefined) deltas.push({ kind: 'encrypted', encrypted: part.encrypted });
      if (part.signature !== undefined) deltas.push({ kind: 'signature', signature: part.signature });
      return {
        start: { kind: 'reasoning', dialect: part.dialect, ...(part.id === undefined ? {} : { id: part.id }) },
        deltas,
      };
    }
    case 'tool-call': {
      const { id, name, signature } = part;
      return {
        start: { kind: 'tool-call', id, name, ...(signature === undefined ? {} : { signature }) },
        deltas: [{ kind: 'arguments', json: part.arguments }],
      };
    }
    case 'audio': {
      const { source, id, transcript, expiresAtSec } = part;
      if (source.kind !== 'base64') return undefined;
      const delta: PartDelta = {
        kind: 'audio',
        data: source.data,
        ...(transcript === undefined ? {} : { transcript }),
        ...(expiresAtSec === undefined ? {} : { expiresAtSec }),
      };
      return {
        start: { kind: 'audio', mediaType: source.mediaType, ...(id === undefined ? {} : { id }) },
        deltas: [delta],
      };
    }
    case 'opaque':
      return { start: { kind: 'opaque', dialect: part.dialect, value: part.value }, deltas: [] };
    default:
      return undefined;
  }
}
