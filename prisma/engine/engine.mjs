import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { adapterFactory } from './adapter.mjs';

const directory = dirname(createRequire(import.meta.url).resolve('@prisma/schema-engine-wasm'));

/** @returns {string} the version of the WebAssembly package, which ends in the commit of the engine */
export function engineVersion() {
  return JSON.parse(readFileSync(join(directory, 'package.json'), 'utf8')).version;
}

/** Where the WebAssembly code leaves the message of a panic before it traps. */
export const panics = {
  message: '',
  /** @param {string} text */
  set_message(text) {
    this.message = text;
  },
};

/**
 * @param {import('./arguments.mjs').Invocation} invocation
 * @returns {Promise<Record<string, (parameters: unknown) => Promise<any>>>} the engine; its methods are the RPC methods
 */
export async function loadEngine({ datamodels, datasource }) {
  const bindings = await import(pathToFileURL(join(directory, 'schema_engine_bg.js')).href);
  const bytes = readFileSync(join(directory, 'schema_engine_bg.wasm'));
  const { instance } = await WebAssembly.instantiate(bytes, { './schema_engine_bg.js': bindings });
  globalThis.PRISMA_WASM_PANIC_REGISTRY = panics;
  bindings.__wbg_set_wasm(instance.exports);
  instance.exports.__wbindgen_start();

  const models = datamodels.map((path) => [path, readFileSync(path, 'utf8')]);
  const ignoreLog = () => {};
  return bindings.SchemaEngine.new(
    { datamodels: models.length > 0 ? models : undefined },
    ignoreLog,
    adapterFactory(datasource),
  );
}
