import type { ChatRequest } from '#libs/dialects';

/** Longer turns are hardly ever said twice in other words. */
const TEXT_CHARS_MAX = 2_000;

/** The last user turn where it is one plain text, and the request without it; null where it is not. */
export function lastTurnOf(request: ChatRequest): { readonly text: string; readonly without: ChatRequest } | null {
  const last = request.messages.at(-1);
  const [part, ...more] = last?.parts ?? [];
  if (last?.role !== 'user' || part?.type !== 'text' || more.length > 0) return null;
  if (part.text.trim() === '' || part.text.length > TEXT_CHARS_MAX) return null;
  const emptied = { ...last, parts: [{ ...part, text: '' }] };
  return { text: part.text, without: { ...request, messages: [...request.messages.slice(0, -1), emptied] } };
}
