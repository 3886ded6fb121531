import { readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { Ajv2020, type ErrorObject } from 'ajv/dist/2020.js';
import { parseAllDocuments } from 'yaml';
import type { Json } from '../api/admin-api.js';
import { reasonOf, wrongUsage } from '../failure.js';
import type { Schema } from './document.js';
import { SECRET_DIRECTORY } from './secrets.js';

/** One YAML document that the schema allows. */
export interface WrittenDocument {
  /** The file, as a person would name it. */
  readonly source: string;
  readonly body: Json;
}

/** Every document of a file, or of the .yaml and .yml files below a directory. Throws wrong usage naming what is wrong where. */
export function readFiles(path: string, schema: Schema, directory: string): WrittenDocument[] {
  const validate = new Ajv2020({ strict: false, validateFormats: false }).compile(schema);
  const files = filesAt(resolve(directory, path));
  if (files.length === 0) throw wrongUsage(`${path} has no .yaml or .yml file`);
  return files.flatMap((file) => {
    const source = relative(directory, file);
    return parse(file, source).map((body) => {
      if (!validate(body)) throw wrongUsage(`${source}: ${flaw(validate.errors ?? [])}`);
      return { source, body: withDirectory(body as Json, dirname(file)) };
    });
  });
}

function filesAt(path: string): string[] {
  try {
    if (statSync(path).isFile()) return [path];
    const names = readdirSync(path, { recursive: true, encoding: 'utf8' }).filter((name) => /\.ya?ml$/.test(name));
    return names.sort().map((name) => join(path, name));
  } catch (cause) {
    throw wrongUsage(`${path} cannot be read: ${reasonOf(cause)}`);
  }
}

function parse(file: string, source: string): unknown[] {
  return [...parseAllDocuments(readFileSync(file, 'utf8'))].flatMap((document) => {
    const [error] = document.errors;
    if (error) throw wrongUsage(`${source}: ${reasonOf(error)}`);
    const body: unknown = document.toJS();
    return body === null ? [] : [body];
  });
}

/** What the validator says, with what its message leaves out. */
function flaw(errors: readonly ErrorObject[]): string {
  const [error] = errors;
  if (!error) return 'it is not a configuration';
  const { instancePath, message = 'is wrong', params, keyword } = error;
  const where = instancePath.slice(1) || 'the document';
  if (keyword === 'additionalProperties') return `${where} must not have "${params['additionalProperty']}"`;
  if (keyword === 'enum') return `${where} must be one of ${(params['allowedValues'] as unknown[]).join(', ')}`;
  if (/\/secret(\/|$)/.test(instancePath)) return `${where} must be a reference: env:NAME or file:path`;
  return `${where} ${message}`;
}

/** Remembers where a provider credential was written: `file:` is relative to that. */
function withDirectory(body: Json, directory: string): Json {
  const credentials = body['providerCredentials'];
  if (!Array.isArray(credentials)) return body;
  return {
    ...body,
    providerCredentials: credentials.map((each: Json) => ({ ...each, [SECRET_DIRECTORY]: directory })),
  };
}
