import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const BASE_PATHS = {
  openai: '/openai/v1',
  anthropic: '/anthropic',
  gemini: '/gemini',
  mistral: '/mistral/v1',
  cohere: '/cohere',
  jina: '/jina/v1',
  azure: '/azure',
  vertex: '/vertex',
  'google-oauth': '/google-oauth',
  bedrock: '/bedrock',
} as const;

export type SimulatedProvider = keyof typeof BASE_PATHS;

/** What to do to an answer; the same fields as in a model's suffix (`gpt-4o~status=503;retryAfter=2`). */
export interface SimulatedFault {
  readonly status?: number;
  readonly code?: string;
  readonly retryAfter?: number;
  readonly slowHeadersMs?: number;
  readonly delayMs?: number;
  readonly tokens?: number;
  readonly tokenDelayMs?: number;
  readonly cutAfterEvents?: number;
  readonly stallAfterEvents?: number;
  readonly errorInStream?: boolean;
  readonly errorAfterEvents?: number;
  readonly malformed?: boolean;
  readonly html?: boolean;
  readonly noUsage?: boolean;
  readonly noDone?: boolean;
  readonly refuse?: boolean;
  readonly reset?: boolean;
  readonly cachedTokens?: number;
  readonly cacheWriteTokens?: number;
}

export interface SimulatedFaultPosting {
  readonly provider?: SimulatedProvider;
  readonly model?: string;
  readonly fault: SimulatedFault;
  readonly times?: number;
  /** 0 to 1. */
  readonly probability?: number;
  readonly seed?: number;
}

/** A call as the simulated provider saw it. */
export interface SimulatedCall {
  readonly id: number;
  /** ISO 8601. */
  readonly at: string;
  readonly provider: SimulatedProvider;
  readonly method: string;
  readonly path: string;
  /** With the fault suffix. */
  readonly model: string | null;
  readonly headers: Readonly<Record<string, string>>;
  /** Raw. */
  readonly body: string;
  readonly fault: SimulatedFault | null;
  readonly outcome: 'open' | 'answered' | 'refused' | 'failed' | 'cut' | 'reset' | 'aborted';
  readonly status: number | null;
  /** What the provider would bill; `input` includes both cache parts, `output` includes `reasoning`. */
  readonly usage: {
    readonly input: number;
    readonly cacheRead: number;
    readonly cacheWrite: number;
    readonly output: number;
    readonly reasoning: number;
  } | null;
  /** Events of a stream that were sent. */
  readonly events: number;
  /** The client left before it had the whole answer. */
  readonly aborted: boolean;
  readonly abortedAt: string | null;
}

export interface Simulator extends AsyncDisposable {
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  readonly port: number;
  /** What to configure as the provider's base URL. */
  baseUrl(provider: SimulatedProvider): string;
  /** Puts up a fault; answers its id. */
  fault(posting: SimulatedFaultPosting): Promise<string>;
  /** Takes down one fault, or all of them. */
  clearFaults(id?: string): Promise<void>;
  /** The calls received so far, oldest first. */
  calls(): Promise<readonly SimulatedCall[]>;
  /** Waits until some calls satisfy the condition and answers all calls. Rejects after `timeoutMs` (10,000). */
  waitForCalls(
    condition: (calls: readonly SimulatedCall[]) => boolean,
    timeoutMs?: number,
  ): Promise<readonly SimulatedCall[]>;
  /** How many tokens the simulator bills for a text. */
  tokens(text: string): Promise<number>;
  /** Makes a service account known to the simulated Google, or changes it. */
  googleAccount(account: {
    readonly clientEmail: string;
    /** PEM. */
    readonly publicKey: string;
    readonly tokenLifeSec?: number;
  }): Promise<void>;
  /** No access token given out so far is accepted any more. */
  revokeGoogleTokens(): Promise<void>;
  settings(settings: { readonly record?: boolean; readonly tokenDelayMs?: number }): Promise<void>;
  /** No faults, no calls, no caches, default settings. */
  reset(): Promise<void>;
  stop(): Promise<void>;
}

/** The one account of the simulated AWS. */
export const SIMULATED_AWS = {
  accessKeyId: 'AKIASIMULATED0000001',
  secretAccessKey: 'simulated-secret-access-key-0000000000001',
} as const;

export interface SimulatorOptions {
  /** 0, the default, picks a free one. */
  readonly port?: number;
  readonly env?: Readonly<Record<string, string>>;
}

/**
 * Starts the provider simulator as a process of its own, from the build, and waits until it listens. It ends with `stop`
 * and when this process dies. Throws when it cannot start (not built, port taken), with what it wrote to stderr.
 */
export async function startSimulator({ port = 0, env = {} }: SimulatorOptions = {}): Promise<Simulator> {
  const child = spawn(process.execPath, [mainFile()], {
    env: { ...process.env, NODE_OPTIONS: '', SIMULATOR_PORT: String(port), TOLLGATE_HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
  });
  return connect(child, await listeningPort(child));
}

/** The build lies in `dist` of the repository's root, whether this file itself runs from source or from the build. */
function mainFile(): string {
  const root = import.meta.url.includes('/dist/libs/') ? '../../' : '../../dist/';
  return fileURLToPath(new URL(`${root}apps/simulator/src/main.js`, import.meta.url));
}

async function listeningPort(child: ChildProcess): Promise<number> {
  let complaint = '';
  const keep = (chunk: Buffer) => {
    complaint += chunk;
  };
  child.stderr?.on('data', keep);
  if (child.stdout === null) throw new Error('the simulator has no stdout');
  const lines = createInterface(child.stdout);
  const ended = once(child, 'close').then(() => {
    throw new Error(`the simulator did not start: ${complaint}`);
  });
  const [line] = (await Promise.race([once(lines, 'line'), ended])) as [string];
  ended.catch(() => undefined);
  // What it complains about later belongs to whoever runs the tests.
  child.stderr?.off('data', keep).pipe(process.stderr);
  return (JSON.parse(line) as { listening: number }).listening;
}

function connect(child: ChildProcess, port: number): Simulator {
  const url = `http://127.0.0.1:${port}`;
  const ask = (method: string, path: string, body?: unknown) => request(url, method, path, body);
  const stop = async () => {
    if (child.exitCode !== null || child.signalCode !== null) return;
    const closed = once(child, 'close');
    child.kill('SIGTERM');
    await closed;
  };
  return {
    url,
    port,
    baseUrl: (provider) => url + BASE_PATHS[provider],
    fault: async (posting) => ((await ask('POST', '/control/faults', posting)) as { id: string }).id,
    clearFaults: async (id) => {
      await ask('DELETE', `/control/faults${id === undefined ? '' : `/${id}`}`);
    },
    calls: async () => ((await ask('GET', '/control/calls')) as { calls: SimulatedCall[] }).calls,
    waitForCalls: (condition, timeoutMs = 10_000) => waitForCalls(url, condition, AbortSignal.timeout(timeoutMs)),
    tokens: async (text) => ((await ask('POST', '/control/tokens', { text })) as { tokens: number }).tokens,
    googleAccount: async (account) => {
      await ask('POST', '/control/google-accounts', account);
    },
    revokeGoogleTokens: async () => {
      await ask('DELETE', '/control/google-tokens');
    },
    settings: async (settings) => {
      await ask('POST', '/control/settings', settings);
    },
    reset: async () => {
      await ask('POST', '/control/reset');
    },
    stop,
    [Symbol.asyncDispose]: stop,
  };
}

async function waitForCalls(
  url: string,
  condition: (calls: readonly SimulatedCall[]) => boolean,
  signal: AbortSignal,
): Promise<readonly SimulatedCall[]> {
  let after = -1;
  for (;;) {
    const answer = await request(url, 'GET', `/control/calls/changes?after=${after}`, undefined, signal);
    const { version, calls } = answer as { version: number; calls: SimulatedCall[] };
    if (condition(calls)) return calls;
    after = version;
  }
}

async function request(url: string, method: string, path: string, body?: unknown, signal?: AbortSignal) {
  const response = await fetch(url + path, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
    ...(signal !== undefined && { signal }),
  });
  const text = await response.text();
  if (!response.ok) throw new Error(`the simulator answered ${response.status} to ${method} ${path}: ${text}`);
  return text === '' ? undefined : (JSON.parse(text) as unknown);
}
