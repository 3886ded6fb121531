import { TollgateError } from '#libs/core';
import type { Routed } from './call.types.js';
import { type Exchange, headerOf } from './exchange.js';

/** The whole call, when neither route nor client says. */
const TIMEOUT_MS = 600_000;

/** How long a call may go on, and whether it still may. Dispose frees the timer. */
export class Deadline implements Disposable {
  expired = false;
  /** Made when it is asked for: a call that is answered from the cache never does. */
  private controller: AbortController | undefined;
  private readonly timer: NodeJS.Timeout;

  constructor(
    readonly timeoutMs: number,
    private readonly exchange: Pick<Exchange, 'signal'>,
    /** Whether the client has set it, lower than the route's. */
    readonly isClients: boolean,
  ) {
    this.timer = setTimeout(() => {
      this.expired = true;
      this.controller?.abort();
    }, timeoutMs);
  }

  /** Aborted when time is up or the client has left. */
  get signal(): AbortSignal {
    if (this.controller) return this.controller.signal;
    const controller = new AbortController();
    this.controller = controller;
    const client = this.exchange.signal;
    if (this.expired || client.aborted) controller.abort();
    else client.addEventListener('abort', () => controller.abort(), { once: true });
    return controller.signal;
  }

  [Symbol.dispose](): void {
    clearTimeout(this.timer);
  }
}

/** How long a call of this route may go on, milliseconds. */
export function callTimeoutMs({ choice }: Routed): number {
  return choice.route?.timeoutMs ?? TIMEOUT_MS;
}

/** The route's timeout, lowered by the client's `x-tollgate-timeout-ms`. Throws `invalid_request` when that is no time. */
export function deadlineFor(routed: Routed, exchange: Exchange): Deadline {
  const ours = callTimeoutMs(routed);
  const theirs = clientTimeoutMs(exchange) ?? ours;
  return new Deadline(Math.min(ours, theirs), exchange, theirs < ours);
}

const TIMEOUT_HEADER = 'x-tollgate-timeout-ms';

function clientTimeoutMs(exchange: Exchange): number | undefined {
  const text = headerOf(exchange, TIMEOUT_HEADER);
  if (text === undefined || /^[1-9]\d{0,8}$/.test(text)) return text === undefined ? text : Number(text);
  throw new TollgateError('invalid_request', `${TIMEOUT_HEADER} must be a number of milliseconds greater than 0.`, {
    param: TIMEOUT_HEADER,
  });
}
