import { describe, expect, it } from 'vitest';
import type { WireEvent } from '../dialect.js';
import { anthropicMessages } from './index.js';

const target = { upstreamModel: 'claude-opus-5', maxOutputTokens: 10, provider: 'anthropic' };
const event = (json: object): WireEvent => {
  const data = JSON.stringify(json);
  return { event: null, data, raw: Buffer.from(`data: ${data}\n\n`) };
};

describe('pass-through', () => {
  it('changes nothing but the model', () => {
    const text = '{ "future": {"model":"kept"},\n "model" : "route",  "n":1.0 }';
    const { body } = anthropicMessages.passThrough(text, JSON.parse(text), target);
    expect(body).toBe('{ "future": {"model":"kept"},\n "model" : "claude-opus-5",  "n":1.0 }');
  });

  it('meters a stream as it passes', () => {
    const { meter } = anthropicMessages.passThrough('{}', {}, target);
    const seen = [
      event({
        type: 'message_start',
        message: { model: 'claude-opus-5-1', usage: { input_tokens: 3, output_tokens: 1 } },
      }),
      event({ type: 'ping' }),
      event({ type: 'content_block_start', index: 0, content_block: { type: 'text', text: '' } }),
      event({ type: 'content_block_delta', index: 0, delta: { type: 'text_delta', text: 'hi' } }),
      event({ type: 'message_delta', delta: { stop_reason: 'end_turn' }, usage: { output_tokens: 7 } }),
    ].map((wire) => meter.push(wire));
    expect(seen.map(({ content }) => content)).toEqual([false, false, false, true, false]);
    expect(seen.every(({ forward }) => forward)).toBe(true);
    expect(meter.usage?.tokens).toMatchObject({ input: 3, output: 7 });
    expect(meter.answeredModel).toBe('claude-opus-5-1');
    expect(meter.ended).toBe(false);
    meter.push(event({ type: 'message_stop' }));
    expect(meter.ended).toBe(true);
  });

  it('reports an error inside the stream in the event that carries it', () => {
    const { meter } = anthropicMessages.passThrough('{}', {}, target);
    const wire = event({ type: 'error', error: { type: 'overloaded_error', message: 'busy' } });
    expect(meter.push(wire)).toMatchObject({ forward: true, content: false, error: { kind: 'overloaded' } });
  });
});
