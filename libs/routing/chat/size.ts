import type { ChatRequest, Part } from '#libs/dialects';
import { estimateTokens, mostTokens } from '#libs/metering';

/** What an image counts as: the most that any vendor charges for one at full detail. */
const IMAGE_TOKENS = 2_000;
/** Per page is what vendors charge; a file's pages are not known here, its bytes are. One token per 8 bytes of base64. */
const FILE_CHARS_PER_TOKEN = 8;
/** Role, name and separators around each message. */
const MESSAGE_TOKENS = 8;
/** An answer's length when neither the client nor the model's limits say. */
const OUTPUT_TOKENS_DEFAULT = 16_384;

export interface InputSize {
  /** Likely. For rate limits and routing. */
  readonly tokens: number;
  /** No tokenizer counts more text tokens than this. For hard budgets. */
  readonly tokensMax: number;
}

/** What the model reads of a request, in one walk over it: text to be counted, and what is counted at a flat rate. */
export function contentOf(request: ChatRequest): { readonly text: string; readonly fixedTokens: number } {
  let text = '';
  let fixed = 0;
  const add = (part: Part): void => {
    switch (part.type) {
      case 'text':
      case 'refusal':
      case 'reasoning':
        text += part.text;
        break;
      case 'tool-call':
        text += part.name + part.arguments;
        break;
      case 'tool-result':
        part.content.forEach(add);
        break;
      case 'image':
        fixed += IMAGE_TOKENS;
        break;
      case 'file':
      case 'audio':
        fixed +=
          part.source.kind === 'base64' ? Math.ceil(part.source.data.length / FILE_CHARS_PER_TOKEN) : IMAGE_TOKENS;
        break;
      case 'opaque':
        text += JSON.stringify(part.value);
        break;
    }
  };
  for (const message of request.messages) {
    fixed += MESSAGE_TOKENS;
    message.parts.forEach(add);
  }
  if (request.tools) text += JSON.stringify(request.tools);
  if (request.output?.kind === 'json-schema') text += JSON.stringify(request.output.schema);
  return { text, fixedTokens: fixed };
}

/** How large a request is. */
export function sizeOf(request: ChatRequest): InputSize {
  const { text, fixedTokens } = contentOf(request);
  return { tokens: estimateTokens(text) + fixedTokens, tokensMax: mostTokens(text) + fixedTokens };
}

/** The most output tokens this request can bring from a model with the given cap, over all its answers. */
export function outputTokensMax(request: ChatRequest, cap: number | undefined): number {
  return Math.min(request.maxOutputTokens ?? Number.POSITIVE_INFINITY, cap ?? OUTPUT_TOKENS_DEFAULT) * (request.n ?? 1);
}
