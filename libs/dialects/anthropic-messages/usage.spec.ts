import { describe, expect, it } from 'vitest';
import { decodeUsage, encodeUsage } from './usage.js';

describe('usage', () => {
  it('is in kinds that do not overlap', () => {
    const { tokens } = decodeUsage({
      input_tokens: 10,
      cache_read_input_tokens: 20,
      cache_creation_input_tokens: 30,
      cache_creation: { ephemeral_5m_input_tokens: 10, ephemeral_1h_input_tokens: 20 },
      output_tokens: 50,
      output_tokens_details: { thinking_tokens: 40 },
    });
    expect(tokens).toEqual({
      input: 10,
      cacheRead: 20,
      cacheWrite: 10,
      cacheWrite1h: 20,
      output: 10,
      reasoning: 40,
      audioInput: 0,
      audioOutput: 0,
    });
    expect(decodeUsage({ ...encodeUsage(tokens) }).tokens).toEqual(tokens);
  });

  it('contains what the server spent beside the answer: compaction and advisors, each once', () => {
    const { tokens } = decodeUsage({
      input_tokens: 30,
      output_tokens: 3,
      iterations: [
        { type: 'message', input_tokens: 10, output_tokens: 1 },
        { type: 'compaction', input_tokens: 1000, output_tokens: 100 },
        { type: 'advisor_message', input_tokens: 500, output_tokens: 50 },
        { type: 'message', input_tokens: 20, output_tokens: 2 },
      ],
    });
    expect(tokens).toMatchObject({ input: 1530, output: 153 });
  });
});
