import type { StreamMeter, WireEvent } from '../dialect.js';
import { isObject, objectOf, parseObject } from '../json/index.js';
import type { UpstreamError, Usage } from '../neutral/index.js';
import { decodeStreamError } from './errors.js';
import { decodeUsage } from './usage.js';

const TYPE = /"type"\s*:\s*"([a-z-]+)"/;
const CONTENT: ReadonlySet<string> = new Set([
  'content-delta',
  'tool-plan-delta',
  'tool-call-start',
  'tool-call-delta',
]);

/** Follows a stream that passes through: only its last event is parsed. */
export class CohereMeter implements StreamMeter {
  usage: Usage | undefined;
  /** The API never says. */
  readonly answeredModel = undefined;
  ended = false;

  get complete(): boolean {
    return this.ended;
  }

  push({ event, data }: WireEvent): {
    readonly forward: boolean;
    readonly content: boolean;
    readonly error?: UpstreamError;
  } {
    const type = event ?? TYPE.exec(data)?.[1] ?? '';
    if (type !== 'message-end') return { forward: true, content: CONTENT.has(type) };
    const delta = objectOf(parseObject(data)?.['delta']);
    if (isObject(delta['usage'])) this.usage = decodeUsage(delta['usage']);
    const error = decodeStreamError(delta);
    if (error) return { forward: true, content: false, error };
    this.ended = true;
    return { forward: true, content: false };
  }
}
