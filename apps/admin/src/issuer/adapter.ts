import { type Adapter, type AdapterPayload, errors } from 'oidc-provider';
import type { Clock } from '#libs/core';
import { Prisma, type PrismaClient } from '#libs/database';
import { clientMetadata } from './client-metadata.js';
import { findClientOwner } from './clients.js';

/** What oidc-provider stores through: clients are read from our own tables, everything else is a row of oidc_payloads. */
export function oidcAdapter(prisma: PrismaClient, clock: Clock, adminUrl: string): (kind: string) => Adapter {
  return (kind) =>
    kind === 'Client' ? new ClientAdapter(prisma, clock, adminUrl) : new PayloadAdapter(prisma, clock, kind);
}

/** Rows past their expiry are never returned; this takes them away. Returns how many. */
export async function removeExpiredPayloads(prisma: PrismaClient, nowMs: number): Promise<number> {
  const { count } = await prisma.oidcPayload.deleteMany({ where: { expiresAt: { lte: new Date(nowMs) } } });
  return count;
}

class PayloadAdapter implements Adapter {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly clock: Clock,
    private readonly kind: string,
  ) {}

  async upsert(id: string, payload: AdapterPayload, expiresInSeconds?: number): Promise<void> {
    const { kind } = this;
    const row = {
      payload: payload as unknown as Prisma.InputJsonObject,
      grantId: payload.grantId ?? null,
      userCode: payload.userCode ?? null,
      uid: payload.uid ?? null,
      expiresAt: expiresInSeconds === undefined ? null : new Date(this.clock.now() + expiresInSeconds * 1000),
    };
    if (kind === 'ReplayDetection') return this.insertOnce({ ...row, kind, id });
    await this.prisma.oidcPayload.upsert({
      where: { kind_id: { kind, id } },
      create: { ...row, kind, id },
      update: row,
    });
  }

  async find(id: string): Promise<AdapterPayload | undefined> {
    return this.findWhere({ id });
  }

  async findByUserCode(userCode: string): Promise<AdapterPayload | undefined> {
    return this.findWhere({ userCode });
  }

  async findByUid(uid: string): Promise<AdapterPayload | undefined> {
    return this.findWhere({ uid });
  }

  async consume(id: string): Promise<void> {
    await this.prisma.oidcPayload.updateMany({
      where: { kind: this.kind, id },
      data: { consumedAt: new Date(this.clock.now()) },
    });
  }

  async destroy(id: string): Promise<void> {
    await this.prisma.oidcPayload.deleteMany({ where: { kind: this.kind, id } });
  }

  async revokeByGrantId(grantId: string): Promise<void> {
    await this.prisma.oidcPayload.deleteMany({ where: { grantId } });
  }

  private async findWhere(where: Prisma.OidcPayloadWhereInput): Promise<AdapterPayload | undefined> {
    const row = await this.prisma.oidcPayload.findFirst({ where: { ...where, kind: this.kind } });
    if (!row || (row.expiresAt && row.expiresAt.getTime() <= this.clock.now())) return undefined;
    const consumed = row.consumedAt ? { consumed: Math.floor(row.consumedAt.getTime() / 1000) } : {};
    return { ...(row.payload as AdapterPayload), ...consumed };
  }

  /**
   * oidc-provider looks for an assertion's id and then writes it: two requests with one assertion could both find nothing.
   * The primary key lets only one of them write.
   */
  private async insertOnce(data: Prisma.OidcPayloadCreateInput): Promise<void> {
    try {
      await this.prisma.oidcPayload.create({ data });
    } catch (cause) {
      if (cause instanceof Prisma.PrismaClientKnownRequestError && cause.code === 'P2002')
        throw new errors.InvalidClientAuth('client assertion tokens must only be used once');
      throw cause;
    }
  }
}

/** What a client id may look like (RFC 6749 appendix A.1, without spaces): anything else is nobody's, and not asked for. */
const CLIENT_ID = /^[\x21-\x7e]{1,200}$/;

/** Clients are made and changed through the admin API only. */
class ClientAdapter implements Adapter {
  constructor(
    private readonly prisma: PrismaClient,
    private readonly clock: Clock,
    private readonly adminUrl: string,
  ) {}

  async find(clientId: string): Promise<AdapterPayload | undefined> {
    if (!CLIENT_ID.test(clientId)) return undefined;
    const owner = await findClientOwner(this.prisma, clientId, this.clock.now());
    return owner && (clientMetadata(clientId, owner, this.adminUrl) as AdapterPayload);
  }

  async findByUserCode(): Promise<undefined> {}
  async findByUid(): Promise<undefined> {}
  async revokeByGrantId(): Promise<void> {}

  async upsert(): Promise<void> {
    throw new Error('the issuer does not register clients');
  }

  async consume(): Promise<void> {
    throw new Error('the issuer does not consume clients');
  }

  async destroy(): Promise<void> {
    throw new Error('the issuer does not delete clients');
  }
}
