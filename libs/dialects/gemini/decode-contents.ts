import {
  isObject,
  optional,
  parseObject,
  type Read,
  readArray,
  readName,
  readObject,
  readOneOf,
  readString,
  textOf,
} from '../json/index.js';
import type {
  JsonObject,
  Message,
  OpaquePart,
  Part,
  ReasoningPart,
  TextPart,
  ToolResultPart,
} from '../neutral/index.js';
import { openProof } from '../neutral/proof.js';
import type { HistoryIds } from './ids.js';
import { decodeMedia } from './media.js';
import { member } from './member.js';

const OWN = 'gemini';

/** Turns of a conversation. Results of functions come inside the user's turn; in the neutral form the tool speaks for itself. */
export const decodeContent =
  (ids: HistoryIds): Read<readonly Message[]> =>
  (value, param) => {
    const content = readObject(value, param);
    const role = optional(content['role'], `${param}.role`, readOneOf('user', 'model', 'function')) ?? 'user';
    const parts = readArray((part, at) => decodePart(readObject(part, at), at, ids))(
      content['parts'],
      `${param}.parts`,
    ).flat();
    return role === 'model' ? [{ role: 'assistant', parts }] : splitResults(parts);
  };

/**
 * Turns of the model as one message each. Clients that stream keep every piece as a content of its own: thoughts in many parts,
 * of which the last carries the proof, and the empty text of the last piece.
 */
export function joinTurns(messages: readonly Message[]): readonly Message[] {
  const joined: Message[] = [];
  for (const message of messages) {
    const before = joined.at(-1);
    if (message.role === 'assistant' && before?.role === 'assistant')
      joined[joined.length - 1] = { ...before, parts: [...before.parts, ...message.parts] };
    else joined.push(message);
  }
  return joined.map((message) =>
    message.role === 'assistant' ? { ...message, parts: joinThoughts(message.parts) } : message,
  );
}

function joinThoughts(parts: readonly Part[]): readonly Part[] {
  const joined: Part[] = [];
  for (const part of parts) {
    const before = joined.at(-1);
    if (part.type === 'text' && part.text === '' && parts.length > 1) continue;
    if (part.type === 'reasoning' && before?.type === 'reasoning' && isUnproven(before))
      joined[joined.length - 1] = { ...part, text: before.text + part.text };
    else joined.push(part);
  }
  return joined;
}

const isUnproven = ({ dialect, signature, encrypted }: ReasoningPart): boolean =>
  dialect === OWN && signature === undefined && encrypted === undefined;

function splitResults(parts: readonly Part[]): readonly Message[] {
  const messages: { role: 'user' | 'tool'; parts: Part[] }[] = [];
  for (const part of parts) {
    const role = part.type === 'tool-result' ? 'tool' : 'user';
    const last = messages.at(-1);
    if (last?.role === role) last.parts.push(part);
    else messages.push({ role, parts: [part] });
  }
  return messages;
}

/** `systemInstruction`: a content, or the bare text that some clients send. */
export function decodeInstruction(value: unknown): readonly Message[] {
  if (value === undefined || value === null) return [];
  if (typeof value === 'string') return [{ role: 'system', parts: [{ type: 'text', text: value }] }];
  const parts = readArray((part, at) => textPart(readString(readObject(part, at)['text'], `${at}.text`)))(
    readObject(value, 'systemInstruction')['parts'],
    'systemInstruction.parts',
  );
  return parts.length === 0 ? [] : [{ role: 'system', parts }];
}

const textPart = (text: string): TextPart => ({ type: 'text', text });

function decodePart(part: JsonObject, param: string, ids: HistoryIds): readonly Part[] {
  if (typeof part['text'] === 'string') return decodeText(part, part['text']);
  const call = member(part, 'functionCall');
  if (call !== undefined)
    return [decodeCall(readObject(call, `${param}.functionCall`), part, `${param}.functionCall`, ids)];
  const response = member(part, 'functionResponse');
  if (response !== undefined) {
    return [decodeResult(readObject(response, `${param}.functionResponse`), `${param}.functionResponse`, ids)];
  }
  const media = decodeMedia(part);
  return [media ?? opaque(part)];
}

export const opaque = (value: JsonObject): OpaquePart => ({ type: 'opaque', dialect: OWN, value });

/** A text, a thought, or both a text and the proof that came with it. */
export function decodeText(part: JsonObject, text: string): readonly Part[] {
  const signature = textOf(member(part, 'thoughtSignature'));
  const proof = openProof(signature);
  if (proof) {
    const { callId: _, ...rest } = proof;
    return [{ type: 'reasoning', text, ...rest }];
  }
  const signed = signature === undefined ? {} : { signature };
  if (part['thought'] === true) return [{ type: 'reasoning', dialect: OWN, text, ...signed }];
  if (signature === undefined) return [textPart(text)];
  const reasoning: Part = { type: 'reasoning', dialect: OWN, text: '', signature };
  return text === '' ? [reasoning] : [textPart(text), reasoning];
}

function decodeCall(call: JsonObject, part: JsonObject, param: string, ids: HistoryIds): Part {
  const name = readName(call['name'], `${param}.name`);
  const signature = textOf(member(part, 'thoughtSignature'));
  return {
    type: 'tool-call',
    id: textOf(call['id']) ?? ids.call(name),
    name,
    arguments: JSON.stringify(optional(call['args'], `${param}.args`, readObject) ?? {}),
    ...(signature === undefined ? {} : { signature }),
  };
}

/**
 * `{output}` and `{error}` are the API's own words for what came of a call, `{name, content}` is how the AI SDK says it; any
 * other object is the result itself.
 */
function decodeResult(response: JsonObject, param: string, ids: HistoryIds): ToolResultPart {
  const name = readName(response['name'], `${param}.name`);
  const value = optional(response['response'], `${param}.response`, readObject) ?? {};
  const only = Object.keys(value).length === 1;
  const named = Object.keys(value).length === 2 && value['name'] === name;
  const said = only ? (value['output'] ?? value['error']) : named ? value['content'] : undefined;
  const text = typeof said === 'string' ? said : JSON.stringify(said ?? value);
  const media = optional(response['parts'], `${param}.parts`, readArray(readObject)) ?? [];
  return {
    type: 'tool-result',
    callId: textOf(response['id']) ?? ids.response(name),
    name,
    content: [
      textPart(text),
      ...media.map(decodeMedia).filter((item) => item?.type === 'image' || item?.type === 'file'),
    ],
    ...(only && 'error' in value ? { failed: true } : {}),
  };
}

/** A tool's answer in the object that the API wants; its text is kept as it is where it is no JSON object. */
export function resultObject(text: string, failed: boolean): Record<string, unknown> {
  if (failed) return { error: text };
  const object = parseObject(text);
  return isObject(object) ? { ...object } : { output: text };
}
