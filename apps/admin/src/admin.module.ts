import { type DynamicModule, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { ChangeModule } from './change/change.module.js';
import type { Connections } from './connections/connections.js';
import { connectionsModule } from './connections/connections.module.js';
import { issuerModule } from './connections/issuer.js';
import { HealthController } from './health/health.controller.js';
import { Readiness } from './health/readiness.js';
import { AuthenticatedGuard } from './http/authenticated.guard.js';
import { OrganizationsController } from './organizations/organizations.controller.js';
import { OrganizationsService } from './organizations/organizations.service.js';
import { CredentialsController } from './services/credentials/credentials.controller.js';
import { CredentialsService } from './services/credentials/credentials.service.js';
import { KeysController } from './services/keys/keys.controller.js';
import { KeysService } from './services/keys/keys.service.js';
import { ServicesController } from './services/services.controller.js';
import { ServicesService } from './services/services.service.js';
import { SignInModule } from './sign-in/index.js';
import { TeamsController } from './teams/teams.controller.js';
import { TeamsService } from './teams/teams.service.js';

@Module({})
class AdminModule {}

/** Everything the admin app serves. */
export function adminModule(connections: Connections): DynamicModule {
  return {
    module: AdminModule,
    imports: [connectionsModule(connections), issuerModule(connections), SignInModule, ChangeModule],
    controllers: [
      HealthController,
      OrganizationsController,
      TeamsController,
      ServicesController,
      CredentialsController,
      KeysController,
    ],
    providers: [
      { provide: APP_GUARD, useClass: AuthenticatedGuard },
      Readiness,
      OrganizationsService,
      TeamsService,
      ServicesService,
      CredentialsService,
      KeysService,
    ],
  };
}
