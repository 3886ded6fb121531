import { elements, type Fields, fields, text } from '../json.js';
import { invalid } from './errors.js';
import { isSealed } from './sealed.js';

const ROLES = ['assistant', 'system', 'developer', 'user'];
/** Which content parts a speaker may send. */
const USER_PARTS = ['input_text', 'input_image', 'input_file', 'input_audio'];
const ASSISTANT_PARTS = ['output_text', 'refusal'];

/** Checks what OpenAI checks of input items. Throws Refusal with its wording. */
export function checkInputItems(items: readonly Fields[]): void {
  items.forEach((item, index) => {
    if ((item['type'] ?? 'message') === 'message') checkMessage(item, index);
    const sealed = text(item['encrypted_content']);
    if (item['type'] === 'reasoning' && sealed !== undefined && !isSealed(sealed))
      throw invalid(
        `The encrypted content ${sealed.slice(0, 12)}... could not be verified. Reason: Encrypted content could not be decrypted or parsed.`,
        null,
        'invalid_encrypted_content',
      );
  });
  const called = callIds(items, 'function_call');
  const returned = callIds(items, 'function_call_output');
  const stray = returned.find((id) => !called.includes(id));
  if (stray !== undefined) throw invalid(`No tool call found for function call output with call_id ${stray}.`, 'input');
  const owed = called.find((id) => !returned.includes(id));
  if (owed !== undefined) throw invalid(`No tool output found for function call ${owed}.`, 'input');
}

function checkMessage(item: Fields, index: number): void {
  const role = text(item['role']);
  if (role === undefined || !ROLES.includes(role))
    throw invalid(
      `Invalid value: '${role}'. Supported values are: 'assistant', 'system', 'developer', and 'user'.`,
      `input[${index}]`,
      'invalid_value',
    );
  const allowed = role === 'assistant' ? ASSISTANT_PARTS : USER_PARTS;
  elements(item['content']).forEach((part, at) => {
    const type = text(fields(part)['type']);
    if (type === undefined || !allowed.includes(type))
      throw invalid(
        `Invalid value: '${type}'. Supported values are: ${allowed.map((name) => `'${name}'`).join(', ')}.`,
        `input[${index}].content[${at}]`,
        'invalid_value',
      );
  });
}

function callIds(items: readonly Fields[], type: string): readonly string[] {
  return items.filter((item) => item['type'] === type).map((item) => text(item['call_id']) ?? '');
}
