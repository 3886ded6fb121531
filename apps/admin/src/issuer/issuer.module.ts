import {
  type DynamicModule,
  type FactoryProvider,
  Global,
  Inject,
  Module,
  type OnApplicationShutdown,
  type OnModuleInit,
} from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance } from 'fastify';
import { Issuer, type IssuerParts } from './issuer.js';
import { mountIssuer } from './mount.js';

/** How the issuer's parts are found among the providers of the app. */
export type IssuerModuleOptions = Pick<FactoryProvider<IssuerParts | Promise<IssuerParts>>, 'inject' | 'useFactory'> &
  Pick<DynamicModule, 'imports'>;

/**
 * The built-in issuer, started and mounted under /oidc of the app that imports this:
 * `IssuerModule.register({ inject: [DATABASE, …], useFactory: (database, …) => ({ prisma: database.prisma, … }) })`.
 * Everyone may inject `Issuer`. An external issuer (TOLLGATE_ISSUER) would take the place of this module and provide what
 * sign-in needs of it: `url`, `keyFor` and `alive`.
 */
@Global()
@Module({})
export class IssuerModule implements OnModuleInit, OnApplicationShutdown {
  constructor(
    @Inject(Issuer) private readonly issuer: Issuer,
    @Inject(HttpAdapterHost) private readonly host: HttpAdapterHost,
  ) {}

  static register({ imports = [], inject = [], useFactory }: IssuerModuleOptions): DynamicModule {
    const issuer: FactoryProvider<Issuer> = {
      provide: Issuer,
      inject,
      useFactory: async (...found) => Issuer.start(await useFactory(...found)),
    };
    return { module: IssuerModule, imports, providers: [issuer], exports: [Issuer] };
  }

  onModuleInit(): void {
    mountIssuer(this.host.httpAdapter.getInstance<FastifyInstance>(), this.issuer);
  }

  async onApplicationShutdown(): Promise<void> {
    await this.issuer.close();
  }
}
