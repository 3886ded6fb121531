import { Gauge, type Registry } from '#libs/telemetry';
import type { ModelStandings } from './model-standings.js';

/** Shows where each model stands. Read when asked for. */
export function showModelHealth(registry: Registry, standings: ModelStandings): void {
  new Gauge({
    name: 'tollgate_model_state',
    help: '1 for the state that a model is in: closed (calls pass), open or half-open (its breaker), resting (as its provider asked).',
    labelNames: ['organization', 'model', 'state'],
    aggregator: 'max',
    registers: [registry],
    collect() {
      this.reset();
      for (const { organization, standings: known } of standings.all())
        for (const { model, state } of known)
          this.set({ organization: organization.slug, model: model.slug, state }, 1);
    },
  });
}
