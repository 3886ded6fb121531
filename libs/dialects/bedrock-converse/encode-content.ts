import { inputOf } from '../json/index.js';
import type { Dropped } from '../neutral/dropped.js';
import type { CacheMark, Part, ReasoningPart, ToolResultPart } from '../neutral/index.js';
import { sealProof } from '../neutral/proof.js';
import { safeId } from '../neutral/safe-id.js';
import { encodeDocument, encodeImage } from './media.js';
import type { Block, CachePoint, ReasoningBlock } from './types.js';

const OWN = 'bedrock-converse';

export function encodeCachePoint({ life }: CacheMark): CachePoint {
  return { cachePoint: life === '1h' ? { type: 'default', ttl: '1h' } : { type: 'default' } };
}

/** Parts as blocks, each mark of the cache as a point after its part; what the API cannot take is noted in `dropped`. */
export function encodeParts(parts: readonly Part[], dropped: Dropped): readonly Block[] {
  return parts.flatMap((part) => {
    const block = encodePart(part, dropped);
    if (!block) return [];
    return 'cache' in part && part.cache ? [block, encodeCachePoint(part.cache)] : [block];
  });
}

function encodePart(part: Part, dropped: Dropped): Block | undefined {
  switch (part.type) {
    case 'text':
    case 'refusal':
      // The API refuses blank texts.
      return part.text.trim() === '' ? undefined : { text: part.text };
    case 'image':
      if (part.detail !== undefined && part.detail !== 'auto') dropped.add('detail');
      return encodeImage(part) ?? dropped.none('image');
    case 'file':
      return encodeDocument(part) ?? dropped.none('file');
    case 'audio':
      return part.transcript === undefined ? dropped.none('audio') : { text: part.transcript };
    case 'tool-call':
      if (part.signature !== undefined) dropped.add('signature');
      return { toolUse: { toolUseId: safeId(part.id), name: part.name, input: inputOf(part.arguments) } };
    case 'tool-result':
      return encodeToolResult(part, dropped);
    case 'reasoning':
      return part.dialect === OWN ? encodeReasoning(part) : dropped.none('thinking');
    case 'opaque':
      return part.dialect === OWN ? (part.value as Block) : dropped.none('opaque');
  }
}

function encodeToolResult(part: ToolResultPart, dropped: Dropped): Block {
  const content = part.content.map((item) => encodePart(item, dropped)).filter((block) => block !== undefined);
  return {
    toolResult: {
      toolUseId: safeId(part.callId),
      content: content as { text: string }[],
      ...(part.failed ? { status: 'error' } : {}),
    },
  };
}

/** Own reasoning as it was; another provider's, on this surface, with its proof sealed in. */
export function encodeReasoning({ dialect, text, signature, encrypted, id }: ReasoningPart): ReasoningBlock {
  if (dialect === OWN && encrypted !== undefined) return { reasoningContent: { redactedContent: encrypted } };
  const proof =
    dialect === OWN
      ? signature
      : sealProof({
          dialect,
          ...(signature === undefined ? {} : { signature }),
          ...(encrypted === undefined ? {} : { encrypted }),
          ...(id === undefined ? {} : { id }),
        });
  return { reasoningContent: { reasoningText: { text, ...(proof === undefined ? {} : { signature: proof }) } } };
}
