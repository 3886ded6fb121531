import { Module } from '@nestjs/common';
import { AdminAuthGuard } from './admin-auth.guard.js';
import { AdminTokenStrategy } from './admin-token.strategy.js';
import { Attempts } from './attempts.js';
import { MemberPrincipals } from './member-principals.js';
import { Passwords } from './passwords.js';
import { SignInController } from './sign-in.controller.js';
import { SignInRecord } from './sign-in-record.js';

/**
 * Who is asking: tokens for the admin audience, and the pages where people get one. Needs the Issuer of IssuerModule; put
 * {@link AdminAuthGuard} on what is to be guarded.
 */
@Module({
  controllers: [SignInController],
  providers: [AdminTokenStrategy, MemberPrincipals, Attempts, Passwords, SignInRecord, AdminAuthGuard],
  exports: [AdminAuthGuard],
})
export class SignInModule {}
