import type { IncomingMessage, ServerResponse } from 'node:http';
import { countTokens } from '../answering/tokens.js';
import { checkFault, FaultError } from '../faults/fault.js';
import type { Posting } from '../faults/fault-board.js';
import { registerAccount, revokeTokens } from '../google-oauth/accounts.js';
import { type Fields, fields, number, text } from '../json.js';
import { DEFAULT_SETTINGS } from '../settings.js';
import type { Simulation } from '../simulation.js';

interface ControlRequest {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly body: Fields;
  readonly signal: AbortSignal;
}

interface ControlAnswer {
  readonly status: number;
  readonly body?: unknown;
}

type Handler = (simulation: Simulation, request: ControlRequest) => ControlAnswer | Promise<ControlAnswer>;

/** How a test or an operator steers the simulator. */
const ROUTES: Readonly<Record<string, Handler>> = {
  'GET /health/live': () => ({ status: 200, body: { status: 'ok' } }),
  'POST /control/faults': ({ faults }, { body }) => ({ status: 201, body: { id: faults.post(postingOf(body)) } }),
  'GET /control/faults': ({ faults }) => ({ status: 200, body: { faults: faults.list() } }),
  'DELETE /control/faults': ({ faults }) => {
    faults.clear();
    return { status: 204 };
  },
  'GET /control/calls': ({ calls }) => ({ status: 200, body: { calls: calls.list() } }),
  'DELETE /control/calls': ({ calls }) => {
    calls.clear();
    return { status: 204 };
  },
  /** Answers when the calls are no longer as they were at version `after`, so that a test can wait without polling. */
  'GET /control/calls/changes': async ({ calls }, { query, signal }) => {
    const version = await calls.changedSince(Number(query.get('after') ?? 0), signal);
    return { status: 200, body: { version, calls: calls.list() } };
  },
  'GET /control/settings': ({ settings }) => ({ status: 200, body: settings }),
  'POST /control/settings': (simulation, { body }) => {
    simulation.settings = {
      record: typeof body['record'] === 'boolean' ? body['record'] : simulation.settings.record,
      tokenDelayMs: number(body['tokenDelayMs']) ?? simulation.settings.tokenDelayMs,
    };
    return { status: 200, body: simulation.settings };
  },
  /** As after a start. */
  'POST /control/reset': (simulation) => {
    simulation.faults.clear();
    simulation.calls.clear();
    simulation.memory.clear();
    simulation.settings = DEFAULT_SETTINGS;
    return { status: 204 };
  },
  /** A service account: `{ clientEmail, publicKey (PEM), tokenLifeSec? }`. */
  'POST /control/google-accounts': ({ memory }, { body }) => {
    registerAccount(memory, body);
    return { status: 204 };
  },
  /** Every access token given out so far stops being accepted. */
  'DELETE /control/google-tokens': ({ memory }) => {
    revokeTokens(memory);
    return { status: 204 };
  },
  /** How many tokens a text is billed as. */
  'POST /control/tokens': (_, { body }) => ({ status: 200, body: { tokens: countTokens(text(body['text']) ?? '') } }),
};

/** Answers a request to `/control/…` or `/health/…`. */
export async function control(
  simulation: Simulation,
  request: IncomingMessage,
  path: string,
  query: URLSearchParams,
  body: Buffer,
  response: ServerResponse,
): Promise<void> {
  const left = new AbortController();
  response.once('close', () => left.abort());
  const answer = await answerControl(simulation, `${request.method} ${path}`, {
    path,
    query,
    body: parsed(body),
    signal: left.signal,
  });
  response.writeHead(answer.status, { 'content-type': 'application/json' });
  response.end(answer.body === undefined ? undefined : JSON.stringify(answer.body));
}

async function answerControl(simulation: Simulation, route: string, request: ControlRequest): Promise<ControlAnswer> {
  const one = /^DELETE \/control\/faults\/([^/]+)$/.exec(route);
  if (one?.[1] !== undefined) return { status: simulation.faults.remove(one[1]) ? 204 : 404 };
  try {
    const handler = ROUTES[route];
    return handler === undefined ? { status: 404, body: { error: `no ${route}` } } : await handler(simulation, request);
  } catch (cause) {
    if (cause instanceof FaultError) return { status: 400, body: { error: cause.message } };
    if (request.signal.aborted) return { status: 499 };
    throw cause;
  }
}

function parsed(body: Buffer): Fields {
  return body.length === 0 ? {} : fields(JSON.parse(body.toString()));
}

function postingOf(body: Fields): Posting {
  const [provider, model] = [text(body['provider']), text(body['model'])];
  const [times, probability, seed] = [number(body['times']), number(body['probability']), number(body['seed'])];
  return {
    fault: checkFault(fields(body['fault'])),
    ...(provider !== undefined && { provider }),
    ...(model !== undefined && { model }),
    ...(times !== undefined && { times }),
    ...(probability !== undefined && { probability }),
    ...(seed !== undefined && { seed }),
  };
}
