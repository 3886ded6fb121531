import { Module } from '@nestjs/common';
import { AdminAuthGuard } from './admin-auth.guard.js';
import { AdminTokenStrategy } from './admin-token.strategy.js';

/** Who may use the admin API. Needs the Issuer of IssuerModule; put {@link AdminAuthGuard} on what is to be guarded. */
@Module({ providers: [AdminTokenStrategy, AdminAuthGuard], exports: [AdminAuthGuard] })
export class SignInModule {}
