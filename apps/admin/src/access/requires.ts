import { type CustomDecorator, RequestMethod, SetMetadata, type Type } from '@nestjs/common';
import { METHOD_METADATA, ROUTE_ARGS_METADATA } from '@nestjs/common/constants.js';
import { ApiSecurity } from '@nestjs/swagger';
import { isPermission, PERMISSIONS, type Permission } from '#libs/identity';
import { Problems } from '../http/problem-answer.js';
import { writeOf } from '../http/write.js';
import { reachOf } from './access.js';

const PERMISSION = Symbol('permission');
/** What an operation may need instead of a permission: just to be signed in, as anyone. */
const ANYONE = 'anyone';

export type Needed = Permission | typeof ANYONE;

/** An operation that needs another permission than its resource and method say. */
export const Requires = (permission: Permission): CustomDecorator<symbol> => SetMetadata(PERMISSION, permission);

/** An operation for everyone with a token for the admin audience, whatever their roles. */
export const ForAnyone = (): CustomDecorator<symbol> => SetMetadata(PERMISSION, ANYONE);

/** What an operation needs; undefined when nobody has said it, and then nobody may use it. */
export function neededFor(handler: object): Needed | undefined {
  return Reflect.getMetadata(PERMISSION, handler) as Needed | undefined;
}

/**
 * Says for every operation of a controller what it needs, for the guard and for the OpenAPI document: `<resource>:read` for
 * a GET, `<resource>:write` for anything else, unless the operation says it itself. Throws at start for a permission that
 * the policy does not have, and for an operation that would show or change the whole organization to whom only a team is
 * open.
 */
export function requirePermissions(controller: Type, resource: string): void {
  for (const [name, descriptor] of operationsOf(controller)) {
    const needed = neededFor(descriptor.value) ?? derived(resource, descriptor.value);
    if (needed !== ANYONE && PERMISSIONS[needed].inTeam === 'its own') requireReach(controller, name);
    SetMetadata(PERMISSION, needed)(controller.prototype, name, descriptor);
    ApiSecurity('bearer', needed === ANYONE ? [] : [needed])(controller.prototype, name, descriptor);
    if (needed !== ANYONE) Problems(403)(controller.prototype, name, descriptor);
  }
}

function operationsOf({ prototype }: Type): [name: string, descriptor: PropertyDescriptor][] {
  return Object.entries(Object.getOwnPropertyDescriptors(prototype as object)).filter(
    ([, { value }]) => typeof value === 'function' && Reflect.hasMetadata(METHOD_METADATA, value),
  );
}

function derived(resource: string, handler: object): Permission {
  const reads = Reflect.getMetadata(METHOD_METADATA, handler) === RequestMethod.GET;
  const permission = `${resource}:${reads ? 'read' : 'write'}`;
  if (!isPermission(permission)) throw new Error(`the policy in libs/identity/roles.ts does not know ${permission}`);
  return permission;
}

function requireReach(controller: Type, name: string): void {
  const parameters: object = Reflect.getMetadata(ROUTE_ARGS_METADATA, controller, name) ?? {};
  const asks = Object.values(parameters).some(({ factory }) => factory === reachOf || factory === writeOf);
  if (!asks)
    throw new Error(`${controller.name}.${name} has to ask how far its caller may reach: @ReachOf() or @WriteOf()`);
}
