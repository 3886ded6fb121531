import { type DynamicModule, Module } from '@nestjs/common';
import { AccessModule } from './access/access.module.js';
import { AuditEventsController } from './audit-events/audit-events.controller.js';
import { AuditEventsService } from './audit-events/audit-events.service.js';
import { BudgetStates } from './budgets/budget-states.js';
import { BudgetsController } from './budgets/budgets.controller.js';
import { BudgetsService } from './budgets/budgets.service.js';
import { CacheController } from './cache/cache.controller.js';
import { CacheService } from './cache/cache.service.js';
import { ChangeModule } from './change/change.module.js';
import { ChargebackModule } from './chargeback/chargeback.module.js';
import type { Connections } from './connections/connections.js';
import { connectionsModule } from './connections/connections.module.js';
import { ExportsModule } from './exports/exports.module.js';
import { GuardrailsController } from './guardrails/guardrails.controller.js';
import { GuardrailsService } from './guardrails/guardrails.service.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { IdentityProvidersController } from './identity-providers/identity-providers.controller.js';
import { IdentityProvidersService } from './identity-providers/identity-providers.service.js';
import { KeyReader } from './identity-providers/key-reader.js';
import { IssuerModule } from './issuer/index.js';
import { JobsModule } from './jobs/jobs.module.js';
import { MeController } from './me/me.controller.js';
import { MembersController } from './members/members.controller.js';
import { MembersService } from './members/members.service.js';
import { ModelHealths } from './models/model-healths.js';
import { ModelsController } from './models/models.controller.js';
import { ModelsService } from './models/models.service.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { ProviderCredentialsController } from './provider-credentials/provider-credentials.controller.js';
import { ProviderCredentialsService } from './provider-credentials/provider-credentials.service.js';
import { SealedSecrets } from './provider-credentials/sealed-secrets.js';
import { RateLimitsController } from './rate-limits/rate-limits.controller.js';
import { RateLimitsService } from './rate-limits/rate-limits.service.js';
import { RequestsModule } from './requests/requests.module.js';
import { RoleBindingsController } from './role-bindings/role-bindings.controller.js';
import { RoleBindingsService } from './role-bindings/role-bindings.service.js';
import { RoutesController } from './routes/routes.controller.js';
import { RoutesService } from './routes/routes.service.js';
import { WhatIfController } from './routes/what-if/what-if.controller.js';
import { WhatIf } from './routes/what-if/what-if.js';
import { CredentialsController } from './services/credentials/credentials.controller.js';
import { CredentialsService } from './services/credentials/credentials.service.js';
import { KeysController } from './services/keys/keys.controller.js';
import { KeysService } from './services/keys/keys.service.js';
import { ServicesController } from './services/services.controller.js';
import { ServicesService } from './services/services.service.js';
import { SettingsModule } from './settings/settings.module.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsService } from './teams/teams.service.js';
import { UsageModule } from './usage/usage.module.js';
import { WebhooksModule } from './webhooks/webhooks.module.js';

/** What is configured, one controller and service per resource. */
@Module({
  controllers: [
    MeController,
    OrganizationsController,
    MembersController,
    RoleBindingsController,
    IdentityProvidersController,
    TeamsController,
    ServicesController,
    CredentialsController,
    KeysController,
    ProviderCredentialsController,
    ModelsController,
    RoutesController,
    WhatIfController,
    CacheController,
    RateLimitsController,
    BudgetsController,
    GuardrailsController,
    AuditEventsController,
  ],
  providers: [
    OrganizationsService,
    MembersService,
    RoleBindingsService,
    IdentityProvidersService,
    KeyReader,
    TeamsService,
    ServicesService,
    CredentialsService,
    KeysService,
    ProviderCredentialsService,
    SealedSecrets,
    ModelsService,
    ModelHealths,
    RoutesService,
    WhatIf,
    CacheService,
    RateLimitsService,
    BudgetsService,
    BudgetStates,
    GuardrailsService,
    AuditEventsService,
  ],
})
class ConfigurationModule {}

@Module({})
class AdminModule {}

/** Everything the admin app serves. Without connections it can be described, and not run. */
export function adminModule(connections: Connections | null): DynamicModule {
  return {
    module: AdminModule,
    imports: [
      connectionsModule(connections),
      IssuerModule,
      AccessModule,
      ChangeModule,
      JobsModule,
      ConfigurationModule,
      RequestsModule,
      UsageModule,
      ChargebackModule,
      SettingsModule,
      ExportsModule,
      WebhooksModule,
    ],
    controllers: [HealthController],
    providers: [Readiness],
  };
}
