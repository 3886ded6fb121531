import type { Prisma } from '#libs/database';
import { fromNextSecond } from '../issuer/members.js';

/** The kinds of rows of oidc_payloads that let somebody go on without signing in again. */
const KINDS = ['Session', 'Grant', 'RefreshToken', 'AuthorizationCode'];

/** Signs a member out everywhere: browser sessions, refresh tokens, and access tokens issued until now. */
export async function endSessions(tx: Prisma.TransactionClient, memberId: string, nowMs: number): Promise<void> {
  await tx.oidcPayload.deleteMany({
    where: { kind: { in: KINDS }, payload: { path: ['accountId'], equals: memberId } },
  });
  await tx.member.updateMany({ where: { id: memberId }, data: { validFrom: fromNextSecond(nowMs) } });
}
