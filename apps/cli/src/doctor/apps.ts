import type { Clock } from '#libs/core';
import { reasonOf } from '../failure.js';
import { type Finding, failed, ok, warning } from './finding.js';

const TIMEOUT_MS = 5_000;
/** Beyond this, tokens and signed requests begin to be refused. */
const SKEW_MAX_MS = 5_000;

interface Component {
  readonly status: string;
  readonly message?: string;
  readonly detail?: string;
}

/** What an app says of its connections, migrations and modes; and whether its clock agrees with ours. */
export async function checkApp(name: string, url: string, clock: Clock): Promise<Finding[]> {
  try {
    const response = await fetch(`${url}/health/ready`, { signal: AbortSignal.timeout(TIMEOUT_MS) });
    const { components = {} } = (await response.json()) as { components?: Record<string, Component> };
    const findings = Object.entries(components).map(([component, health]) => findingOf(`${name} ${component}`, health));
    return [...findings, checkClock(`${name} clock`, response.headers.get('date'), clock)];
  } catch (cause) {
    return [failed(name, `${url} does not answer: ${reasonOf(cause)}`)];
  }
}

function findingOf(check: string, { status, message, detail }: Component): Finding {
  const text = message ?? detail ?? status;
  if (status === 'ok' || status === 'up') return ok(check, text);
  return status === 'degraded' ? warning(check, text) : failed(check, text);
}

/** The header says whole seconds. */
function checkClock(check: string, date: string | null, clock: Clock): Finding {
  if (date === null) return warning(check, 'it does not say its time');
  const seconds = Math.round(Math.abs(clock.now() - Date.parse(date)) / 1000);
  return seconds * 1000 <= SKEW_MAX_MS
    ? ok(check, 'agrees with the clock of this machine')
    : failed(check, `differs from the clock of this machine by ${seconds} s`);
}
