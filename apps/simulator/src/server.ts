import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { anthropic } from './anthropic/vendor.js';
import { azure } from './azure/vendor.js';
import { bedrock } from './bedrock/vendor.js';
import { cohere } from './cohere/vendor.js';
import { control } from './control/control.js';
import { gemini } from './gemini/vendor.js';
import { googleOauth } from './google-oauth/vendor.js';
import { mistral } from './mistral/vendor.js';
import { openai } from './openai/vendor.js';
import { jina } from './rerank/jina.js';
import { serve } from './serve.js';
import { newSimulation, type Simulation } from './simulation.js';
import type { Vendor } from './vendor.js';
import { vertex } from './vertex/vendor.js';

const VENDORS: readonly Vendor[] = [
  openai,
  anthropic,
  gemini,
  mistral,
  cohere,
  jina,
  azure,
  vertex,
  googleOauth,
  bedrock,
];

/** Longer than any client's pool keeps an idle connection, so that it is never the simulator that closes first. */
const KEEP_ALIVE_MS = 120_000;

/** A simulator that does not listen yet. */
export function createSimulator(simulation: Simulation = newSimulation()): Server {
  const server = createServer({ requestTimeout: 0, keepAliveTimeout: KEEP_ALIVE_MS }, (request, response) => {
    answer(simulation, request, response).catch((cause: unknown) => {
      if (!response.headersSent) response.writeHead(500, { 'content-type': 'application/json' });
      response.end(JSON.stringify({ error: `the simulator failed: ${String(cause)}` }));
    });
  });
  return server;
}

async function answer(simulation: Simulation, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const [path, query] = split(request.url ?? '/');
  const body = await bodyOf(request);
  if (body === null) return;
  const vendor = VENDORS.find(({ prefix }) => path.startsWith(`${prefix}/`));
  if (vendor === undefined) return control(simulation, request, path, query, body, response);
  return serve({ simulation, vendor, request, path: path.slice(vendor.prefix.length), query, body, response });
}

function split(url: string): [path: string, query: URLSearchParams] {
  const mark = url.indexOf('?');
  return mark < 0 ? [url, new URLSearchParams()] : [url.slice(0, mark), new URLSearchParams(url.slice(mark + 1))];
}

/** The whole body, or null when the client left while sending it. */
async function bodyOf(request: IncomingMessage): Promise<Buffer | null> {
  const chunks: Buffer[] = [];
  try {
    for await (const chunk of request) chunks.push(chunk);
  } catch {
    return null;
  }
  return chunks.length === 1 && chunks[0] !== undefined ? chunks[0] : Buffer.concat(chunks);
}
