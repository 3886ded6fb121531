import { resolve } from 'node:path';
import { type Child, startChild } from './child.js';
import { SUBJECT_CORE, type Target } from './load.js';
import { startPortkey } from './portkey.js';
import { startTollgate } from './tollgate.js';

export const SUBJECTS = ['bare-proxy', 'portkey', 'tollgate-min', 'tollgate-full'] as const;
export type Subject = (typeof SUBJECTS)[number];

/** A subject that runs, and how to reach it. */
export interface Running extends AsyncDisposable {
  readonly child: Child;
  readonly target: Target;
}

/** Plain programs, run as they are. */
export const PROCESSES = `${resolve('bench/processes')}/`;

/** Starts a subject before the upstream. Null when it cannot be had. */
export async function start(subject: Subject, upstreamUrl: string): Promise<Running | null> {
  switch (subject) {
    case 'bare-proxy':
      return running(
        await startChild(`${PROCESSES}bare-proxy.mjs`, [], { BENCH_UPSTREAM: upstreamUrl }, SUBJECT_CORE),
        {},
      );
    case 'portkey': {
      const portkey = await startPortkey(upstreamUrl);
      return portkey && running(portkey.child, portkey.headers);
    }
    case 'tollgate-min':
      return startTollgate('min', upstreamUrl);
    case 'tollgate-full':
      return startTollgate('full', upstreamUrl);
  }
}

function running(child: Child, headers: Target['headers']): Running {
  return {
    child,
    target: { origin: `http://127.0.0.1:${child.port}`, headers },
    [Symbol.asyncDispose]: () => child[Symbol.asyncDispose](),
  };
}
