import type { ReactNode } from 'react';
import { formatUsd } from '../../format/money';
import { formatMs } from '../../format/number';
import { requestsTexts } from '../../texts/requests';
import { statusTone, type Tone } from '../../ui/badge';
import { cx } from '../../ui/cx';
import type { Request } from './call';
import styles from './timeline.module.css';

interface Step {
  readonly key: string;
  readonly name: string;
  readonly what: ReactNode;
  /** Milliseconds after arrival; null where it is not recorded. */
  readonly atMs: number | null;
  readonly forMs?: number;
  readonly tone: Tone;
}

const { steps: texts } = requestsTexts;

/** What happened to a call, in its order. Bars stand where on the call's time an attempt was. */
export function Timeline({ call }: { readonly call: Request }) {
  return (
    <ol className={styles['timeline']}>
      {stepsOf(call).map(({ key, name, what, atMs, forMs, tone }) => (
        <li key={key} className={styles['step']}>
          <span className={cx(styles['mark'], styles[tone])} aria-hidden />
          <div className={styles['words']}>
            <strong>{name}</strong> <span>{what}</span>
            {forMs !== undefined && atMs !== null && call.latencyMs > 0 && (
              <span className={styles['track']} aria-hidden>
                <span
                  className={cx(styles['bar'], styles[tone])}
                  style={{
                    left: `${Math.min((atMs / call.latencyMs) * 100, 99)}%`,
                    width: `${Math.max((Math.min(forMs, call.latencyMs - atMs) / call.latencyMs) * 100, 1)}%`,
                  }}
                />
              </span>
            )}
          </div>
          <span className={styles['time']}>
            {forMs !== undefined ? formatMs(forMs) : atMs === null ? '' : `+${formatMs(atMs)}`}
          </span>
        </li>
      ))}
    </ol>
  );
}

function stepsOf(call: Request): readonly Step[] {
  const inputFindings = call.findings.filter(({ at }) => at.startsWith('input'));
  const outputFindings = call.findings.filter(({ at }) => at.startsWith('output'));
  return [
    { key: 'authenticated', name: texts.authenticated, what: whoOf(call), atMs: 0, tone: 'good' },
    {
      key: 'routed',
      name: texts.routed,
      what:
        call.route === null ? texts.addressed(call.requestedModel) : texts.routedBy(call.requestedModel, call.route),
      atMs: null,
      tone: 'good',
    },
    ...findingSteps('input', inputFindings),
    { key: 'cache', name: texts.cache, what: texts.cacheOutcomes[call.cache], atMs: null, tone: 'neutral' },
    ...attemptSteps(call),
    ...(call.firstTokenMs === null
      ? []
      : [{ key: 'first', name: texts.firstToken, what: '', atMs: call.firstTokenMs, tone: 'info' as const }]),
    ...findingSteps('output', outputFindings),
    {
      key: 'ended',
      name: texts.ended,
      what: texts.endedWith(call.status, call.error),
      atMs: call.latencyMs,
      tone: statusTone(call.status),
    },
    { key: 'settled', name: texts.settled, what: texts.settledAt(formatUsd(call.costUsd)), atMs: null, tone: 'good' },
  ];
}

function whoOf({ service, team, subject }: Request): string {
  const who = texts.authenticatedAs(service, team);
  return subject === null ? who : `${who}, ${texts.onBehalf(subject)}`;
}

/** Attempts follow each other; of records from before their beginning was kept, it is the sum of those before. */
function attemptSteps({ attempts, cache }: Request): readonly Step[] {
  if (attempts.length === 0 && cache !== 'hit' && cache !== 'semantic-hit')
    return [{ key: 'none', name: texts.attempt(0), what: texts.refusedBefore, atMs: null, tone: 'warn' }];
  let elapsedMs = 0;
  return attempts.map(({ model, outcome, startMs, ms }, index) => {
    const atMs = startMs ?? elapsedMs;
    elapsedMs = atMs + ms;
    const ok = outcome === 'ok';
    return {
      key: `attempt ${index}`,
      name: texts.attempt(index + 1),
      what: ok ? texts.attemptOk(model) : texts.attemptFailed(model, requestsTexts.outcomes[outcome] ?? outcome),
      atMs,
      forMs: ms,
      tone: ok ? 'good' : 'bad',
    };
  });
}

function findingSteps(where: string, findings: Request['findings']): readonly Step[] {
  if (findings.length === 0) return [];
  const what = findings
    .map(({ guardrail, check, rule, action }) => `${guardrail}: ${action} (${check}, ${rule})`)
    .join('; ');
  const blocked = findings.some(({ action }) => action === 'block');
  return [{ key: where, name: texts.inspected, what, atMs: null, tone: blocked ? 'bad' : 'warn' }];
}
