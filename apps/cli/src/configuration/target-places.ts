import type { Json } from '../api/admin-api.js';

interface Target {
  readonly priority?: number;
}

/** A route's targets with the priority that the API gives them when none is written: their place in the list. */
export function withPlaces(resource: Json): Json {
  return inTargets(resource, (targets) => targets.map((target, place) => ({ priority: place, ...target })));
}

/** The opposite: without priorities that only say the place. */
export function withoutPlaces(resource: Json): Json {
  return inTargets(resource, (targets) =>
    targets.every(({ priority }, place) => priority === place)
      ? targets.map(({ priority: _, ...target }) => target)
      : targets,
  );
}

function inTargets(resource: Json, change: (targets: readonly Target[]) => readonly Target[]): Json {
  const { targets, rules } = resource;
  if (!Array.isArray(targets)) return resource;
  return {
    ...resource,
    targets: change(targets as Target[]),
    ...(Array.isArray(rules) && {
      rules: (rules as { targets: Target[] }[]).map((rule) => ({ ...rule, targets: change(rule.targets) })),
    }),
  };
}
