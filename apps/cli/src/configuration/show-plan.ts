import type { Json } from '../api/admin-api.js';
import type { Plan, SecretChange, Step } from './plan.js';

const SIGNS = { create: '+', update: '~', delete: '-' } as const;

/** A plan for people: a line for each step, fields below it, secrets by their references. */
export function showPlan({ organization, steps, remarks }: Plan): string {
  const lines = [
    `Organization ${organization}: ${summaryOf(steps)}`,
    ...steps.flatMap(show),
    ...remarks.map((each) => `  ! ${each}`),
  ];
  return lines.join('\n');
}

/** `2 to create, 1 to update`, or `nothing to do`. */
export function summaryOf(steps: readonly Step[]): string {
  const counts = (['create', 'update', 'delete'] as const)
    .map((action) => [steps.filter((step) => step.action === action).length, action] as const)
    .filter(([count]) => count > 0);
  return counts.map(([count, action]) => `${count} to ${action}`).join(', ') || 'nothing to do';
}

/** A plan for programs. */
export function planAsJson({ organization, steps, remarks }: Plan): object {
  return {
    organization,
    remarks,
    steps: steps.map((step) => ({
      action: step.action,
      kind: step.kind.name,
      name: step.name,
      ...(step.action === 'update' ? { changes: step.changes } : { body: step.body }),
      ...(step.action !== 'delete' && step.secret && { secretFrom: step.secret.reference }),
    })),
  };
}

function show(step: Step): string[] {
  const head = `  ${SIGNS[step.action]} ${step.kind.name} ${step.name}`;
  if (step.action === 'delete') return [head];
  if (step.action === 'create') return [head, ...fields(step.body), ...secretLine(step.secret)];
  const changes = step.changes.map(({ field, before, after }) => `      ${field}: ${json(before)} → ${json(after)}`);
  return [head, ...changes, ...secretLine(step.secret)];
}

function fields(body: Json): string[] {
  return Object.entries(body)
    .filter(([name]) => name !== 'slug')
    .map(([name, value]) => `      ${name}: ${json(value)}`);
}

function secretLine(secret: SecretChange | null): string[] {
  return secret ? [`      secret: ••• (from ${secret.reference})`] : [];
}

const json = (value: unknown): string => JSON.stringify(value) ?? 'nothing';
