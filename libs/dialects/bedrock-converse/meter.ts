import type { StreamMeter, WireEvent } from '../dialect.js';
import { objectOf } from '../json/index.js';
import type { UpstreamError, Usage } from '../neutral/index.js';
import { decodeStreamError } from './errors.js';
import { frameOf } from './frame.js';
import { decodeUsage } from './usage.js';

/** Follows a stream that passes through. */
export class BedrockMeter implements StreamMeter {
  usage: Usage | undefined;
  /** The API never says. */
  readonly answeredModel = undefined;
  ended = false;
  complete = false;

  push(event: WireEvent): { readonly forward: boolean; readonly content: boolean; readonly error?: UpstreamError } {
    if (event.event === 'contentBlockDelta' || event.data.startsWith('{"contentBlockDelta"')) {
      return { forward: true, content: true };
    }
    const frame = frameOf(event);
    if (frame?.type === 'metadata') {
      this.usage = decodeUsage(objectOf(frame.payload['usage']));
      this.ended = this.complete;
    }
    if (frame?.type === 'messageStop') this.complete = true;
    if (frame?.type.endsWith('Exception')) {
      return { forward: true, content: false, error: decodeStreamError(frame.type, frame.payload) };
    }
    return { forward: true, content: frame?.type === 'contentBlockStart' };
  }
}
