const ALPHANUMERIC = 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789';
const HEXADECIMAL = '0123456789abcdef';

function random(alphabet: string, length: number): string {
  let id = '';
  for (let i = 0; i < length; i++) id += alphabet[Math.floor(Math.random() * alphabet.length)];
  return id;
}

/** A random id of letters and digits, as OpenAI (`chatcmpl-…`), Anthropic (`msg_01…`) and Mistral (9 long) use. */
export function alphanumericId(prefix: string, length: number): string {
  return prefix + random(ALPHANUMERIC, length);
}

/** A random id of hexadecimal digits, as OpenAI's Responses API (`resp_…`) and Mistral's answers use. */
export function hexadecimalId(prefix: string, length: number): string {
  return prefix + random(HEXADECIMAL, length);
}

/** Now, in whole seconds since 1970, as OpenAI's `created` counts. */
export function nowSeconds(): number {
  return Math.floor(Date.now() / 1000);
}
