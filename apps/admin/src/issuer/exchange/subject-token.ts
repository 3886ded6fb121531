import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import {
  type AccessTokenClaims,
  type ActorClaim,
  type ActsFor,
  IdentityIndex,
  namedIssuer,
  resolveExternalToken,
  ruleFits,
  type SubjectClaim,
  verifyExternalToken,
} from '#libs/identity';
import { compileIdentityProvider } from '#libs/snapshot';
import type { TokenRegister } from '../token-register.js';

export interface SubjectTokenParts {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly register: TokenRegister;
}

/** Who asks: the service that wants to act. */
export interface Actor {
  readonly organizationId: string;
  readonly actsFor: ActsFor;
}

/** Whom a verified subject token stands for, and everything that the new token has to end with. */
export interface VerifiedSubject {
  readonly sub: string;
  readonly claim: SubjectClaim;
  /** The services that act in it already, the last one first; undefined when nobody does. */
  readonly act: ActorClaim | undefined;
  readonly from: readonly string[];
  /** Seconds since the epoch. */
  readonly exp: number;
  /** Whether its holder has to prove a key: then it is of no use to whoever else brings it. */
  readonly bound: boolean;
}

/** Reads a subject token: one of ours, or of an issuer that the actor's organization trusts. Undefined for anything else. */
export async function readSubjectToken(
  token: string,
  actor: Actor,
  parts: SubjectTokenParts,
): Promise<VerifiedSubject | undefined> {
  const claims = await parts.register.read(token);
  return claims ? ownSubject(claims, actor, parts) : externalSubject(token, actor, parts);
}

async function ownSubject(
  claims: AccessTokenClaims,
  { organizationId }: Actor,
  { prisma, register }: SubjectTokenParts,
): Promise<VerifiedSubject | undefined> {
  if (!(await register.alive(claims))) return undefined;
  const claim = await ownClaim(claims, organizationId, prisma);
  if (!claim) return undefined;
  const { sub, act, from = [], jti, exp, cnf } = claims;
  return { sub, claim, act, from: [...from, jti], exp, bound: cnf !== undefined };
}

async function ownClaim(
  { subject, service, credential, member, organization }: AccessTokenClaims,
  organizationId: string,
  prisma: PrismaClient,
): Promise<SubjectClaim | undefined> {
  if (member !== undefined) {
    const own = await prisma.member.findFirst({ where: { id: member, organizationId }, select: { id: true } });
    return own ? { kind: 'member', id: member } : undefined;
  }
  if (organization !== organizationId || service === undefined || credential === undefined) return undefined;
  return subject ?? { kind: 'service', id: service, credential };
}

async function externalSubject(
  token: string,
  { organizationId, actsFor }: Actor,
  { prisma, clock }: SubjectTokenParts,
): Promise<VerifiedSubject | undefined> {
  const issuer = namedIssuer(token);
  if (issuer === undefined) return undefined;
  const rows = await prisma.identityProvider.findMany({ where: { organizationId, issuer } });
  if (rows.length === 0) return undefined;
  const issuers = rows.map(compileIdentityProvider);
  const verified = await verifyExternalToken(token, issuers, { nowMs: clock.now(), onUnknownKey: () => {} }).catch(
    () => undefined,
  );
  if (!verified) return undefined;
  const { claims, exp } = verified;
  const base = { act: undefined, from: [], exp, bound: claims['cnf'] !== undefined };
  const rule = actsFor.users.find(
    (each) => ruleFits(each, claims) && issuers.some(({ slug }) => slug === each.identityProvider),
  );
  const provider = issuers.find(({ slug }) => slug === rule?.identityProvider);
  if (provider) return { ...base, sub: String(claims['sub']), claim: { kind: 'user', identityProvider: provider.id } };
  const service = await externalService(verified, organizationId, issuers, prisma);
  return service && { ...base, ...service };
}

/** The service that the rules of a trusted issuer make of its token, as at the gateway. */
async function externalService(
  verified: Parameters<typeof resolveExternalToken>[0],
  organizationId: string,
  issuers: ReturnType<typeof compileIdentityProvider>[],
  prisma: PrismaClient,
): Promise<Pick<VerifiedSubject, 'sub' | 'claim'> | undefined> {
  const named = issuers.flatMap(({ rules }) => rules.map(({ service }) => service));
  const services = await prisma.service.findMany({
    where: { organizationId, slug: { in: named }, decommissionedAt: null },
    select: { id: true, slug: true, clientId: true },
  });
  const index = new IdentityIndex([
    {
      organizationId,
      organization: '',
      teams: [{ slug: '', costCenter: null, path: [] }],
      services: services.map((each) => ({
        ...each,
        team: '',
        kind: 'service',
        allowedModels: [],
        credentials: [],
        keys: [],
      })),
      identityProviders: issuers,
    },
  ]);
  try {
    const { serviceId: id, credentialId: credential } = resolveExternalToken(verified, null, index);
    const sub = services.find((each) => each.id === id)?.clientId ?? id;
    return { sub, claim: { kind: 'service', id, credential } };
  } catch {
    return undefined;
  }
}
