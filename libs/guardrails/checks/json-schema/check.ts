import { Ajv2020, type ValidateFunction } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { Finding, LocalCheck } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';

const SCHEMA_CHARS_MAX = 50_000;
const FENCE = /^\s*```(?:json)?\s*\n([\s\S]*?)\n?```\s*$/;

/** Answers that must be JSON of a schema. Judges whole texts: a stream is held back to its end. */
export const jsonSchema: LocalCheck = {
  type: 'json-schema',
  kind: 'local',
  about: 'Demands that an answer is JSON, and valid by a schema. Holds streams back to their end. Cannot redact.',
  directions: ['output'],
  options: {
    schema: `A JSON Schema, draft 2020-12, without references to other documents, of up to ${SCHEMA_CHARS_MAX} characters. Default: any JSON.`,
    fenced: 'Whether the JSON may stand in a Markdown code block, true or false. Default: false.',
  },
  problemWith: ({ schema, fenced, action }) => {
    if (action === 'redact') return 'json-schema can block or flag, not redact';
    if (fenced !== undefined && typeof fenced !== 'boolean') return 'fenced must be true or false';
    if (schema === undefined) return null;
    if (schema === null || typeof schema !== 'object' || JSON.stringify(schema).length > SCHEMA_CHARS_MAX)
      return `schema must be an object of up to ${SCHEMA_CHARS_MAX} characters`;
    try {
      compile(schema);
      return null;
    } catch (error) {
      return `schema is not a JSON Schema: ${error instanceof Error ? error.message : 'unknown'}`;
    }
  },
  prepare: (config: CheckConfig) => {
    const validate = config['schema'] === undefined ? null : compile(config['schema'] as object);
    const fenced = config['fenced'] === true;
    return {
      inspect: (text, { at }) => {
        if (!isAnswerText(at)) return [];
        const value = parsed((fenced && FENCE.exec(text)?.[1]) || text);
        if (value === undefined) return whole('not-json', text);
        return validate === null || validate(value) ? [] : whole('not-valid', text);
      },
      holdFrom: () => 0,
      wholeOnly: true,
    };
  },
};

/** Names of tools, their arguments and reasoning are strings of an answer too; only what it says must be JSON. */
const isAnswerText = (at: string): boolean => at === 'output' || (at.endsWith('.text') && !at.includes('.reasoning.'));

const whole = (rule: string, text: string): readonly Finding[] => [{ rule, start: 0, end: text.length, confidence: 1 }];

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** Regular expressions of the schema run in Unicode mode as ajv does; the schema is the organization's own. */
function compile(schema: object): ValidateFunction {
  const ajv = new Ajv2020({ strict: false, validateFormats: true, allErrors: false });
  formats.default(ajv);
  return ajv.compile(schema);
}
