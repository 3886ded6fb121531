import type { FindingRecord } from '#libs/messages';
import { type Action, find, redact, strictest } from './inspect.js';
import type { ActiveCheck } from './policy.js';

export interface Inspected<T> {
  readonly action: Action;
  readonly findings: readonly FindingRecord[];
  /** The value itself when nothing was redacted, else a copy with placeholders. */
  readonly value: T;
}

const BASE64_PROBE = /^(?:data:[^,]{0,100};base64,)?[A-Za-z0-9+/_-]{256}/;

/**
 * Inspects every string of a request or answer, whatever its dialect: text in a field we never heard of is inspected too.
 * Long base64 (images, audio, files) is passed over.
 */
export function inspectJson<T>(value: T, active: readonly ActiveCheck[], at: string): Inspected<T> {
  const findings: FindingRecord[] = [];
  let action: Action = 'allow';

  const visit = (node: unknown, path: string): unknown => {
    if (typeof node === 'string') {
      if (BASE64_PROBE.test(node)) return node;
      const located = find(node, active, path);
      if (located.length === 0) return node;
      for (const { record } of located) {
        findings.push(record);
        action = strictest(action, record.action);
      }
      return redact(node, located);
    }
    if (Array.isArray(node)) {
      const copy = node.map((each, index) => visit(each, `${path}.${index}`));
      return copy.some((each, index) => each !== node[index]) ? copy : node;
    }
    if (node !== null && typeof node === 'object') {
      const entries = Object.entries(node);
      const visited = entries.map(([key, each]) => [key, visit(each, `${path}.${key}`)] as const);
      return visited.some(([, each], index) => each !== entries[index]?.[1]) ? Object.fromEntries(visited) : node;
    }
    return node;
  };

  const inspected = active.length === 0 ? value : (visit(value, at) as T);
  return { action, findings, value: inspected };
}
