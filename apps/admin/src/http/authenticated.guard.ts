import { type ExecutionContext, Injectable } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AdminAuthGuard } from '../sign-in/index.js';
import { PUBLIC } from './public.js';

/** Every operation needs a token for the admin audience, unless its controller is Public: forgetting is safe. */
@Injectable()
export class AuthenticatedGuard extends AdminAuthGuard {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext): ReturnType<AdminAuthGuard['canActivate']> {
    return this.reflector.get<true>(PUBLIC, context.getClass()) ?? super.canActivate(context);
  }
}
