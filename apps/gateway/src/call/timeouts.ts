import type { RouteTimeouts } from '#libs/routing';
import type { Routed } from './call.types.js';

/** Where the route does not say, milliseconds. */
const DEFAULTS: Required<RouteTimeouts> = { connectMs: 5_000, firstTokenMs: 120_000, silenceMs: 60_000 };

/** The route's timeouts, none longer than the whole call may take. */
export function timeoutsOf({ choice }: Routed, callMs: number): Required<RouteTimeouts> {
  const { connectMs, firstTokenMs, silenceMs } = { ...DEFAULTS, ...choice.route?.timeouts };
  return { connectMs, firstTokenMs: Math.min(firstTokenMs, callMs), silenceMs: Math.min(silenceMs, callMs) };
}
