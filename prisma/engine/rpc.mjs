import { createInterface } from 'node:readline';
import { createDatabase, databaseName, maintenanceUrl, runOnce } from './connection.mjs';
import { loadEngine, panics } from './engine.mjs';

const send = (message) => process.stdout.write(`${JSON.stringify({ jsonrpc: '2.0', ...message })}\n`);

/**
 * Answers JSON-RPC requests, one a line, in their order, until stdin ends.
 * @param {import('./arguments.mjs').Invocation} invocation
 */
export async function serve(invocation) {
  let engine;
  for await (const line of createInterface({ input: process.stdin, crlfDelay: Number.POSITIVE_INFINITY })) {
    if (line.trim() === '') continue;
    const { id, method, params } = JSON.parse(line);
    if (method === undefined) continue;
    try {
      engine ??= await loadEngine(invocation);
      send({ id, result: await answer(engine, method, params, invocation.datasource) });
    } catch (error) {
      send({ id, error: describe(error) });
    }
  }
  process.exit(0);
}

async function answer(engine, method, params, datasource) {
  switch (method) {
    case 'createDatabase': {
      const url = params.datasource?.url ?? datasource.url;
      await runOnce(maintenanceUrl(url), createDatabase(databaseName(url)));
      return { databaseName: databaseName(url) };
    }
    case 'getDatabaseVersion':
      return engine.version(params);
    case 'diff':
      return diff(engine, params);
    default:
      return (await engine[method](params)) ?? {};
  }
}

/** The native engine prints a diff through a request of its own; the WebAssembly one returns it. */
async function diff(engine, params) {
  const result = await engine.diff({ ...params, filters: params.filters ?? { externalTables: [], externalEnums: [] } });
  if (!result.stdout) return result;
  send({ id: 0, method: 'print', params: { content: result.stdout } });
  return { ...result, stdout: null };
}

/** The shape in which the CLI expects a failure; 4466 is the native engine's code for "a known error, see data". */
function describe(error) {
  const panicked = error instanceof WebAssembly.RuntimeError && panics.message !== '';
  return {
    code: 4466,
    message: 'An error happened. Check the data field for details.',
    data: {
      is_panic: panicked,
      message: panicked ? panics.message : (error.message ?? String(error)),
      error_code: error.code ?? error.meta?.code,
      meta: null,
    },
  };
}
