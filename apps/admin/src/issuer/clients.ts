import type { JWK } from 'jose';
import type { PrismaClient } from '#libs/database';
import type { ActsFor } from '#libs/identity';

/** Whose client it is, and what it may authenticate with now. */
export type ClientOwner = ServiceOwner | OperatorOwner | ConsoleOwner;

/** The web console: it has no secret, people sign in through it. */
export const CONSOLE_CLIENT = 'console';

interface ServiceOwner {
  readonly kind: 'service';
  readonly organizationId: string;
  readonly serviceId: string;
  readonly slug: string;
  /** On whose behalf it may act; null: nobody's. */
  readonly actsFor: ActsFor | null;
  /** Its tokens must be bound to a key (RFC 9449). */
  readonly requireDpop: boolean;
  readonly credentials: readonly ClientCredential[];
}

interface OperatorOwner {
  readonly kind: 'operator';
  readonly credentials: readonly ClientCredential[];
}

interface ConsoleOwner {
  readonly kind: 'console';
  readonly credentials: readonly [];
}

/** One of possibly several ways in, valid side by side so that a secret can be rotated without a gap. */
export type ClientCredential =
  | { readonly id: string; readonly secretHash: string }
  | { readonly id: string; readonly keys: readonly JWK[] };

/**
 * The owner of a client id: a service with its live credentials, an operator, or the console. Undefined when nobody has this id, or
 * nothing is left to authenticate with.
 */
export async function findClientOwner(
  prisma: PrismaClient,
  clientId: string,
  nowMs: number,
): Promise<ClientOwner | undefined> {
  if (clientId === CONSOLE_CLIENT) return { kind: 'console', credentials: [] };
  const owner = (await findService(prisma, clientId, nowMs)) ?? (await findOperator(prisma, clientId));
  return owner && owner.credentials.length > 0 ? owner : undefined;
}

async function findService(prisma: PrismaClient, clientId: string, nowMs: number): Promise<ServiceOwner | undefined> {
  const service = await prisma.service.findUnique({
    where: { clientId },
    select: {
      id: true,
      slug: true,
      organizationId: true,
      actsFor: true,
      requireDpop: true,
      credentials: {
        where: { OR: [{ expiresAt: null }, { expiresAt: { gt: new Date(nowMs) } }] },
        orderBy: { id: 'asc' },
      },
    },
  });
  if (!service) return undefined;
  return {
    kind: 'service',
    organizationId: service.organizationId,
    serviceId: service.id,
    slug: service.slug,
    actsFor: service.actsFor as unknown as ActsFor | null,
    requireDpop: service.requireDpop,
    credentials: service.credentials.map(({ id, secretHash, jwks }) =>
      secretHash === null
        ? { id, keys: (jwks as unknown as { readonly keys: readonly JWK[] }).keys }
        : { id, secretHash },
    ),
  };
}

async function findOperator(prisma: PrismaClient, clientId: string): Promise<OperatorOwner | undefined> {
  const operator = await prisma.operatorClient.findUnique({ where: { clientId } });
  return operator ? { kind: 'operator', credentials: [{ id: clientId, secretHash: operator.secretHash }] } : undefined;
}
