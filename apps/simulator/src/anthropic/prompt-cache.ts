import { createHash } from 'node:crypto';
import type { Usage } from '../answering/reply.js';
import { countTokens } from '../answering/tokens.js';
import { elements, type Fields, fields, isObject, texts } from '../json.js';
import type { Memory } from '../memory.js';

/**
 * The cached part of the input: what stands up to the last block marked with `cache_control` is written by the first
 * call that brings it and read by later ones. A fault's own counts win.
 */
export function cachedInput(request: Fields, memory: Memory, usage: Usage): Pick<Usage, 'cacheRead' | 'cacheWrite'> {
  if (usage.cacheRead > 0 || usage.cacheWrite > 0) return usage;
  const blocks = blocksOf(request);
  const prefix = blocks.slice(0, blocks.findLastIndex((block) => isObject(block['cache_control'])) + 1);
  if (prefix.length === 0) return usage;
  const tokens = Math.min(
    usage.input,
    prefix.reduce((sum, block) => sum + countTokens(blockText(block)), 0),
  );
  const key = `anthropic-cache ${createHash('sha256').update(JSON.stringify(prefix)).digest('base64')}`;
  const known = memory.get(key) !== undefined;
  memory.set(key, true);
  return known ? { cacheRead: tokens, cacheWrite: 0 } : { cacheRead: 0, cacheWrite: tokens };
}

/** Tools, system and message blocks in the order in which Anthropic caches them. */
function blocksOf(request: Fields): readonly Fields[] {
  const messages = elements(request['messages']).map(fields);
  return [
    ...elements(request['tools']).map(fields),
    ...elements(request['system']).map(fields),
    ...messages.flatMap(({ content }) =>
      typeof content === 'string' ? [{ text: content }] : elements(content).map(fields),
    ),
  ];
}

function blockText(block: Fields): string {
  const text = texts(block['text'])[0];
  if (text !== undefined) return text;
  if (!('input_schema' in block)) return texts(block['content']).join('');
  return JSON.stringify({ name: block['name'], parameters: block['input_schema'] });
}
