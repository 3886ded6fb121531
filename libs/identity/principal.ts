import type { Subject } from './subject.js';

/** Who is calling, resolved against the newest snapshot. */
export interface Principal {
  readonly organizationId: string;
  /** Slug. */
  readonly organization: string;
  readonly team: string;
  /** The team and its ancestors, innermost first: limits and budgets of an outer team bind the inner one too. */
  readonly teamPath: readonly string[];
  readonly costCenter: string | null;
  readonly serviceId: string;
  readonly service: string;
  /** A named agent under the service, or the service's own slug when it is of kind agent. */
  readonly agent: string | null;
  /** The OAuth credential or gateway key used. */
  readonly credentialId: string;
  readonly allowedModels: readonly string[];
  /** On whose behalf it acts; absent: on its own. */
  readonly subject?: Subject;
}
