import { elements, type Fields, fields, isObject, text } from '../json.js';
import { invalid } from './errors.js';

/** Checks roles, parts, and that every function call is answered by the next turn. Throws Refusal (400). */
export function checkContents(given: unknown): readonly Fields[] {
  const contents = (isObject(given) ? [given] : elements(given)).map(fields);
  if (contents.length === 0) throw invalid('* GenerateContentRequest.contents: contents is not specified\n');
  contents.forEach((content, index) => {
    const role = text(content['role']);
    if (role !== undefined && role !== 'user' && role !== 'model' && role !== 'function')
      throw invalid('Please use a valid role: user, model.');
    if (elements(content['parts']).length === 0)
      throw invalid(`* GenerateContentRequest.contents[${index}].parts: contents.parts must not be empty.\n`);
  });
  turnsOf(contents).forEach((turn, index, turns) => {
    checkFunctionTurns(turn, turns[index - 1]);
  });
  return contents;
}

interface Turn {
  readonly role: unknown;
  readonly parts: readonly unknown[];
}

/** Contents of one role that follow one another are one turn: Google's own SDK sends each streamed piece back as one. */
function turnsOf(contents: readonly Fields[]): readonly Turn[] {
  const turns: { role: unknown; parts: unknown[] }[] = [];
  for (const { role = 'user', parts } of contents) {
    const last = turns.at(-1);
    if (last && last.role === role) last.parts.push(...elements(parts));
    else turns.push({ role, parts: [...elements(parts)] });
  }
  return turns;
}

function checkFunctionTurns(turn: Turn, before: Turn | undefined): void {
  const [answers, calls] = [count(turn, 'functionResponse'), count(before, 'functionCall')];
  if (answers > 0 && calls === 0)
    throw invalid('Please ensure that function response turn comes immediately after a function call turn.');
  if (answers !== calls)
    throw invalid(
      'Please ensure that the number of function response parts is equal to the number of function call parts of the function call turn.',
    );
}

function count(turn: Turn | undefined, kind: string): number {
  return (turn?.parts ?? []).filter((part) => kind in fields(part)).length;
}

/** Keywords of JSON Schema that Gemini's own Schema does not have; `parametersJsonSchema` and `responseJsonSchema` do. */
const UNKNOWN_KEYWORDS = ['$schema', '$ref', '$defs', 'additionalProperties', 'strict', 'const'];

/** Refuses what is JSON Schema but not Gemini's Schema, as Google's JSON parser does. */
export function checkSchema(schema: Fields, at: string): void {
  for (const keyword of UNKNOWN_KEYWORDS)
    if (keyword in schema)
      throw invalid(`Invalid JSON payload received. Unknown name "${keyword}" at '${at}': Cannot find field.`);
  for (const [name, property] of Object.entries(fields(schema['properties'])))
    checkSchema(fields(property), `${at}.properties[${name}].value`);
  if (isObject(schema['items'])) checkSchema(schema['items'], `${at}.items`);
  elements(schema['anyOf']).forEach((option, index) => {
    checkSchema(fields(option), `${at}.any_of[${index}]`);
  });
}
