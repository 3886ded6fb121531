import type { AdminApi, Json } from '../api/admin-api.js';
import { CliFailure, reasonOf } from '../failure.js';
import { type Done, perform } from './perform.js';
import type { Plan, Step } from './plan.js';

/** A secret of a service that was created: shown by the API this once. */
export interface NewSecret {
  readonly organization: string;
  readonly service: string;
  readonly clientId: string;
  readonly clientSecret: string;
}

/**
 * Carries out a plan step by step. When a step fails, those before it are undone, last first, and CliFailure says what
 * failed and what could not be undone. Returns the secrets of services that were created.
 */
export async function carryOut({ organization, steps }: Plan, api: AdminApi): Promise<NewSecret[]> {
  const done: Done[] = [];
  for (const step of steps) {
    try {
      done.push(await perform(step, organization, api));
    } catch (cause) {
      const left = await undo(done);
      throw new CliFailure(report(step, reasonOf(cause), done.length, left), undefined, { cause });
    }
  }
  return done.flatMap(({ step, answer }) => newSecret(organization, step, answer));
}

/** Takes back what was done, last first. Returns what is left of it. */
async function undo(done: readonly Done[]): Promise<string[]> {
  const left: string[] = [];
  for (const { step, undo, lost } of [...done].reverse()) {
    try {
      await undo();
      if (lost !== undefined) left.push(`${titleOf(step)} (${lost})`);
    } catch (cause) {
      left.push(`${titleOf(step)} (${reasonOf(cause)})`);
    }
  }
  return left;
}

function report(failed: Step, why: string, steps: number, left: readonly string[]): string {
  const undone =
    steps === 0 ? 'Nothing was changed.' : left.length === 0 ? `The ${steps} steps before it were undone.` : '';
  const remains = left.length > 0 ? `Not undone: ${left.join('; ')}.` : '';
  return [`To ${failed.action} ${titleOf(failed)} failed: ${why}.`, undone, remains].filter(Boolean).join(' ');
}

const titleOf = ({ kind, name }: Step): string => `${kind.name} "${name}"`;

function newSecret(organization: string, step: Step, answer: Json | null): NewSecret[] {
  const { slug, clientId, clientSecret } = answer ?? {};
  if (step.kind.name !== 'service' || typeof clientSecret !== 'string') return [];
  return [{ organization, service: String(slug), clientId: String(clientId), clientSecret }];
}
