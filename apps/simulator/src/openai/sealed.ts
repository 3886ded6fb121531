import { createHash } from 'node:crypto';

const MARK = 'gAAAA';

/** Reasoning as OpenAI hands it out with `include: ["reasoning.encrypted_content"]`: opaque, and proof against changes. */
export function seal(reasoning: string): string {
  const digest = createHash('sha256').update(reasoning).digest();
  return MARK + Buffer.concat([digest, Buffer.from(reasoning)]).toString('base64url');
}

/** Whether the text is what `seal` handed out. */
export function isSealed(text: string): boolean {
  const bytes = Buffer.from(text.slice(MARK.length), 'base64url');
  return text === seal(bytes.subarray(32).toString());
}
