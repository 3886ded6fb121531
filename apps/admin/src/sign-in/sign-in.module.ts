import { Module } from '@nestjs/common';
import { SealedSecrets } from '../provider-credentials/sealed-secrets.js';
import { AdminAuthGuard } from './admin-auth.guard.js';
import { AdminTokenStrategy } from './admin-token.strategy.js';
import { Attempts } from './attempts.js';
import { CorporateSignInController } from './corporate-sign-in.controller.js';
import { CorporateSignIn } from './corporate-sign-in.js';
import { MemberPrincipals } from './member-principals.js';
import { Newcomers } from './newcomers.js';
import { Passwords } from './passwords.js';
import { SignInController } from './sign-in.controller.js';
import { SignInRecord } from './sign-in-record.js';

/**
 * Who is asking: tokens for the admin audience, and the pages where people get one. Needs the Issuer of IssuerModule; put
 * {@link AdminAuthGuard} on what is to be guarded.
 */
@Module({
  controllers: [CorporateSignInController, SignInController],
  providers: [
    AdminTokenStrategy,
    MemberPrincipals,
    Attempts,
    Passwords,
    CorporateSignIn,
    Newcomers,
    SealedSecrets,
    SignInRecord,
    AdminAuthGuard,
  ],
  exports: [AdminAuthGuard],
})
export class SignInModule {}
