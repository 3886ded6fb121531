import type { ChatEvent, PartDelta, PartStart } from './event.js';
import type { Citation, Part } from './request.js';
import type { ChatResponse, Choice, Finish, Usage } from './response.js';

/** A part while its deltas come in. */
interface OpenPart {
  start: PartStart;
  text: string;
  signature?: string;
  encrypted?: string;
  audio: string[];
  expiresAtSec?: number;
  citations: Citation[];
}

interface OpenChoice {
  readonly parts: Map<number, OpenPart>;
  finish?: Finish;
  logprobs?: Logprobs;
}

interface Logprobs {
  content: unknown[] | null;
  refusal: unknown[] | null;
}

/** Gathers a streamed answer into a whole one; may be asked at any time for what has come so far. */
export class Fold {
  #start: Extract<ChatEvent, { type: 'start' }> | undefined;
  #choices = new Map<number, OpenChoice>();
  #usage: Usage | undefined;

  push(event: ChatEvent): void {
    switch (event.type) {
      case 'start':
        this.#start ??= event;
        return;
      case 'part-start':
        this.#choice(event.choice).parts.set(event.part, { start: event.start, text: '', audio: [], citations: [] });
        return;
      case 'part-delta':
        this.#delta(event.choice, event.part, event.delta);
        return;
      case 'finish':
        this.#choice(event.choice).finish = event.finish;
        return;
      case 'usage':
        this.#usage = event.usage;
        return;
    }
  }

  response(): ChatResponse {
    const start = this.#start;
    return {
      id: start?.id ?? '',
      model: start?.model ?? '',
      ...(start?.createdSec === undefined ? {} : { createdSec: start.createdSec }),
      choices: [...this.#choices].sort(([a], [b]) => a - b).map(([index, choice]) => closeChoice(index, choice)),
      ...(this.#usage === undefined ? {} : { usage: this.#usage }),
      ...(start?.serviceTier === undefined ? {} : { serviceTier: start.serviceTier }),
    };
  }

  #choice(index: number): OpenChoice {
    const known = this.#choices.get(index);
    if (known) return known;
    const fresh: OpenChoice = { parts: new Map() };
    this.#choices.set(index, fresh);
    return fresh;
  }

  #delta(choiceIndex: number, partIndex: number, delta: PartDelta): void {
    const choice = this.#choice(choiceIndex);
    const part = choice.parts.get(partIndex);
    if (!part) return;
    switch (delta.kind) {
      case 'text':
        part.text += delta.text;
        if (delta.logprobs !== undefined) choice.logprobs = joined(choice.logprobs, delta.logprobs);
        return;
      case 'arguments':
        part.text += delta.json;
        return;
      case 'citation':
        part.citations.push(delta.citation);
        return;
      case 'signature':
        part.signature = (part.signature ?? '') + delta.signature;
        return;
      case 'encrypted':
        part.encrypted = (part.encrypted ?? '') + delta.encrypted;
        return;
      case 'audio':
        if (delta.data) part.audio.push(delta.data);
        if (delta.transcript) part.text += delta.transcript;
        if (delta.expiresAtSec !== undefined) part.expiresAtSec = delta.expiresAtSec;
        return;
      case 'opaque':
        if (part.start.kind === 'opaque') part.start = { ...part.start, value: delta.value };
        return;
    }
  }
}

/** A stream's events as the answer they amount to. An `error` among them leaves what came before it. */
export function foldEvents(events: Iterable<ChatEvent>): ChatResponse {
  const fold = new Fold();
  for (const event of events) fold.push(event);
  return fold.response();
}

function closeChoice(index: number, choice: OpenChoice): Choice {
  return {
    index,
    parts: [...choice.parts].sort(([a], [b]) => a - b).map(([, part]) => closePart(part)),
    finish: choice.finish ?? { reason: 'other', raw: null },
    ...(choice.logprobs === undefined ? {} : { logprobs: choice.logprobs }),
  };
}

function closePart({ start, text, signature, encrypted, audio, expiresAtSec, citations }: OpenPart): Part {
  switch (start.kind) {
    case 'text':
      return { type: 'text', text, ...(citations.length === 0 ? {} : { citations }) };
    case 'refusal':
      return { type: 'refusal', text };
    case 'reasoning':
      return {
        type: 'reasoning',
        dialect: start.dialect,
        text,
        ...(start.id === undefined ? {} : { id: start.id }),
        ...(signature === undefined ? {} : { signature }),
        ...(encrypted === undefined ? {} : { encrypted }),
      };
    case 'tool-call': {
      const proof = signature ?? start.signature;
      const call = { type: 'tool-call', id: start.id, name: start.name, arguments: text === '' ? '{}' : text } as const;
      return proof === undefined ? call : { ...call, signature: proof };
    }
    case 'audio':
      return {
        type: 'audio',
        source: { kind: 'base64', mediaType: start.mediaType, data: joinBase64(audio) },
        ...(start.id === undefined ? {} : { id: start.id }),
        ...(text === '' ? {} : { transcript: text }),
        ...(expiresAtSec === undefined ? {} : { expiresAtSec }),
      };
    case 'opaque':
      return { type: 'opaque', dialect: start.dialect, value: start.value };
  }
}

/** Each piece is base64 of its own, padding included, so the bytes are joined and not the text. */
const joinBase64 = (pieces: readonly string[]): string =>
  pieces.length === 1
    ? (pieces[0] ?? '')
    : Buffer.concat(pieces.map((piece) => Buffer.from(piece, 'base64'))).toString('base64');

/** OpenAI's shape: `{ content: [...] | null, refusal: [...] | null }`, each list growing. */
function joined(soFar: Logprobs | undefined, more: unknown): Logprobs {
  const added = typeof more === 'object' && more !== null ? (more as Partial<Logprobs>) : {};
  return {
    content: appended(soFar?.content, added.content),
    refusal: appended(soFar?.refusal, added.refusal),
  };
}

const appended = (list: unknown[] | null | undefined, more: unknown): unknown[] | null =>
  Array.isArray(more) ? [...(list ?? []), ...more] : (list ?? null);
