import { type ChatResponse, eventsOf, type Reply } from '#libs/dialects';
import type { Surface } from './call.types.js';

/** A whole answer in the words of a surface's stream. */
export function streamOf(response: ChatResponse, surface: Surface, reply: Reply): string {
  const encoder = surface.dialect.encoder(reply);
  return eventsOf(response)
    .map((event) => encoder.push(event))
    .join('');
}
