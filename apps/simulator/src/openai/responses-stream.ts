import type { StreamEvent } from '../vendor.js';
import type { DescribedResponse } from './responses-body.js';
import type { OutputItem } from './responses-items.js';

/**
 * A response as events, numbered from 0: created, in_progress, each item (added, growth, done), then completed or
 * incomplete. https://platform.openai.com/docs/api-reference/responses-streaming
 */
export function* responseEvents(
  opened: DescribedResponse,
  closed: object,
  items: readonly OutputItem[],
): Iterable<StreamEvent> {
  let sequence = 0;
  const event = (type: string, rest: object, paced = false): StreamEvent => ({
    name: type,
    data: JSON.stringify({ type, sequence_number: sequence++, ...rest }),
    paced,
  });

  yield event('response.created', { response: opened });
  yield event('response.in_progress', { response: opened });
  for (const [index, item] of items.entries()) {
    const at = { output_index: index };
    yield event('response.output_item.added', { ...at, item: item.opened });
    for (const { type, rest, paced } of item.growth) yield event(type, { item_id: item.id, ...at, ...rest }, paced);
    yield event('response.output_item.done', { ...at, item: item.closed });
  }
  const end = 'status' in closed && closed.status === 'incomplete' ? 'response.incomplete' : 'response.completed';
  yield { ...event(end, { response: closed }), closing: true };
}
