import { Global, Module } from '@nestjs/common';
import { APP_GUARD } from '@nestjs/core';
import { AuthenticatedGuard } from '../http/authenticated.guard.js';
import { SignInModule } from '../sign-in/index.js';
import { Denials } from './denials.js';
import { PermissionGuard } from './permission.guard.js';

/** Who gets through to any operation: first who it is, then what they may do. Guards run in this order. */
@Global()
@Module({
  imports: [SignInModule],
  providers: [
    Denials,
    { provide: APP_GUARD, useClass: AuthenticatedGuard },
    { provide: APP_GUARD, useClass: PermissionGuard },
  ],
})
export class AccessModule {}
