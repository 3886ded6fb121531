import type { Clock } from '#libs/core';
import type { Model, ModelHealth, ModelStanding } from '#libs/routing';
import type { LiveOrganization } from '../live/live.js';
import type { LiveState } from '../live/live-state.js';

export interface Standing extends ModelStanding {
  readonly model: Model;
}

/** Where each model stands right now that this gateway has asked or heard of. */
export class ModelStandings {
  constructor(
    private readonly state: LiveState,
    private readonly health: ModelHealth,
    private readonly clock: Clock,
  ) {}

  /** One entry per organization, also where nothing is known yet. */
  all(): readonly { readonly organization: LiveOrganization; readonly standings: readonly Standing[] }[] {
    const organizations = [...this.state.current().organizations.values()];
    return organizations.map((organization) => ({ organization, standings: this.of(organization) }));
  }

  private of({ models }: LiveOrganization): readonly Standing[] {
    const nowMs = this.clock.now();
    return [...models.values()].flatMap(({ model }) => {
      const standing = this.health.standing(model.id, nowMs);
      return standing ? [{ model, ...standing }] : [];
    });
  }
}
