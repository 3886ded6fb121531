import { inputOf } from '../json/index.js';
import type { Dropped } from '../neutral/dropped.js';
import type { ChatRequest, Message, Part, ToolCallPart, ToolResultPart } from '../neutral/index.js';
import { resultObject } from './decode-contents.js';
import { encodeMedia } from './media.js';
import type { Traits } from './traits.js';
import type { WireContent, WirePart } from './types.js';

const OWN = 'gemini';
/** What the API takes in place of a signature on a call that another model made (ai.google.dev/gemini-api/docs/thought-signatures). */
const UNSIGNED = 'skip_thought_signature_validator';
/** Stands where the API wants a user's turn and there is none. */
const OPENING: WirePart = { text: '(The conversation begins here.)' };

export interface EncodedContents {
  readonly contents: WireContent[];
  readonly systemInstruction?: WireContent;
}

const isInstruction = ({ role }: Message): boolean => role === 'system' || role === 'developer';

type Turn = { readonly role: 'user' | 'model'; readonly parts: WirePart[] };

/** Instructions go into the one system instruction, in order, wherever they stood; turns of one role in a row become one. */
export function encodeContents(request: ChatRequest, traits: Traits, dropped: Dropped): EncodedContents {
  const instructions: WirePart[] = [];
  const turns: Turn[] = [];
  const calls = callsById(request.messages);
  for (const message of request.messages) {
    if (message.name !== undefined) dropped.add('name');
    const parts = inCallOrder(message.parts, calls).flatMap((part) => encodePart(part, calls, dropped));
    if (isInstruction(message)) instructions.push(...parts);
    else appendTurn(turns, message.role === 'assistant' ? 'model' : 'user', parts);
  }
  if (turns.length === 0) turns.push({ role: 'user', parts: [OPENING] });
  return {
    contents: traits.signedCalls ? turns.map(signFirstCall) : turns,
    ...(instructions.length === 0 ? {} : { systemInstruction: { parts: instructions } }),
  };
}

function appendTurn(turns: Turn[], role: Turn['role'], parts: readonly WirePart[]): void {
  if (parts.length === 0) return;
  const last = turns.at(-1);
  if (last?.role === role) last.parts.push(...parts);
  else turns.push({ role, parts: [...parts] });
}

/** Calls by id with their place in the conversation: a result must name its function, which other dialects do not say. */
function callsById(
  messages: readonly Message[],
): ReadonlyMap<string, { readonly name: string; readonly place: number }> {
  const calls = messages.flatMap(({ parts }) =>
    parts.filter((part): part is ToolCallPart => part.type === 'tool-call'),
  );
  return new Map(calls.map(({ id, name }, place) => [id, { name, place }]));
}

type Calls = ReturnType<typeof callsById>;

/** Results without ids are matched by their order, so they follow the order of the calls. */
function inCallOrder(parts: readonly Part[], calls: Calls): readonly Part[] {
  const place = (part: Part): number => (part.type === 'tool-result' ? (calls.get(part.callId)?.place ?? 0) : 0);
  return parts.some(({ type }) => type === 'tool-result') ? parts.toSorted((a, b) => place(a) - place(b)) : parts;
}

function signFirstCall({ role, parts }: Turn): Turn {
  const first = parts.findIndex(({ functionCall }) => functionCall !== undefined);
  if (role !== 'model' || first === -1 || parts[first]?.thoughtSignature !== undefined) return { role, parts };
  return { role, parts: parts.with(first, { ...parts[first], thoughtSignature: UNSIGNED }) };
}

function encodePart(part: Part, calls: Calls, dropped: Dropped): readonly WirePart[] {
  if ('cache' in part && part.cache !== undefined) dropped.add('cache');
  switch (part.type) {
    case 'text':
    case 'refusal':
      return part.text === '' ? [] : [{ text: part.text }];
    case 'image':
      if (part.detail !== undefined && part.detail !== 'auto') dropped.add('detail');
      return orDropped(encodeMedia(part), 'image', dropped);
    case 'file':
      return orDropped(encodeMedia(part, part.name), 'file', dropped);
    case 'audio':
      if (part.transcript !== undefined) return [{ text: part.transcript }];
      return orDropped(encodeMedia(part), 'audio', dropped);
    case 'reasoning':
      if (part.dialect === OWN) return [encodeThought(part.text, part.signature)];
      dropped.add('thinking');
      return [];
    case 'tool-call':
      return [encodeCall(part)];
    case 'tool-result':
      return [encodeResult(part, calls, dropped)];
    case 'opaque':
      if (part.dialect === OWN) return [part.value as WirePart];
      dropped.add('opaque');
      return [];
  }
}

function orDropped(
  part: WirePart | undefined,
  what: 'image' | 'file' | 'audio',
  dropped: Dropped,
): readonly WirePart[] {
  if (part) return [part];
  dropped.add(what);
  return [];
}

/** A thought, or the bare proof that follows a text. */
export function encodeThought(text: string, signature: string | undefined): WirePart {
  const signed = signature === undefined ? {} : { thoughtSignature: signature };
  return text === '' && signature !== undefined ? { text, ...signed } : { text, thought: true, ...signed };
}

export function encodeCall({ id, name, arguments: json, signature }: Omit<ToolCallPart, 'type'>): WirePart {
  return {
    functionCall: { id, name, args: { ...inputOf(json) } },
    ...(signature === undefined ? {} : { thoughtSignature: signature }),
  };
}

function encodeResult(part: ToolResultPart, calls: Calls, dropped: Dropped): WirePart {
  const texts = part.content.flatMap((item) => (item.type === 'text' ? [item.text] : []));
  const media = part.content.flatMap((item) => (item.type === 'text' ? [] : encodePart(item, calls, dropped)));
  return {
    functionResponse: {
      id: part.callId,
      name: part.name ?? calls.get(part.callId)?.name ?? part.callId,
      response: resultObject(texts.join('\n'), part.failed ?? false),
      ...(media.length === 0 ? {} : { parts: media }),
    },
  } as WirePart;
}
