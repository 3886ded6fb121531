import { type ExecutionContext, Injectable, SetMetadata } from '@nestjs/common';
import { Reflector } from '@nestjs/core';
import { AdminAuthGuard } from '../sign-in/index.js';

const PUBLIC = Symbol('public');

/** Marks what anyone may ask. */
export const Public = (): ClassDecorator => SetMetadata(PUBLIC, true);

/** Every operation needs a token for the admin audience, unless its controller is {@link Public}: forgetting is safe. */
@Injectable()
export class AuthenticatedGuard extends AdminAuthGuard {
  constructor(private readonly reflector: Reflector) {
    super();
  }

  override canActivate(context: ExecutionContext): ReturnType<AdminAuthGuard['canActivate']> {
    return this.reflector.get<true>(PUBLIC, context.getClass()) ?? super.canActivate(context);
  }
}
