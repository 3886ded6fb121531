import { Body, Param } from '@nestjs/common';
import { Requires } from '../../access/requires.js';
import { Ask, OrganizationResource } from '../../http/resource.js';
import { ExplainAnswer, ExplainRoute, SimulateAnswer, SimulateRoute } from './what-if.dto.js';
import { WhatIf } from './what-if.js';

/** What a route does with a call, and what it would have done with those of the past. Changes nothing. */
@OrganizationResource('routes')
export class WhatIfController {
  constructor(private readonly whatIf: WhatIf) {}

  @Requires('routes:read')
  @Ask(ExplainAnswer, ':route/explain')
  explain(
    @Param('organization') organization: string,
    @Param('route') route: string,
    @Body() body: ExplainRoute,
  ): Promise<ExplainAnswer> {
    return this.whatIf.explain(organization, route, body);
  }

  /** It shows what the calls of every team have cost: for those who may change the route. */
  @Requires('routes:write')
  @Ask(SimulateAnswer, ':route/simulate')
  simulate(
    @Param('organization') organization: string,
    @Param('route') route: string,
    @Body() body: SimulateRoute,
  ): Promise<SimulateAnswer> {
    return this.whatIf.simulate(organization, route, body);
  }
}
