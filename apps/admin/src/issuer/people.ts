import type { Configuration, KoaContextWithOIDC } from 'oidc-provider';
import type { Clock } from '#libs/core';
import type { PrismaClient } from '#libs/database';
import { AUDIENCES } from '#libs/identity';
import { page } from '../http/page.js';
import { TOKEN_TTL_SECONDS } from './resources.js';

const HOUR_SECONDS = 3600;
/** A working day: then the password is asked for again. */
const SESSION_SECONDS = 12 * HOUR_SECONDS;
const INTERACTION_SECONDS = 900;
const CODE_SECONDS = 60;
const SCOPE = 'openid email profile';

export interface PeopleParts {
  readonly prisma: PrismaClient;
  readonly clock: Clock;
  readonly issuer: string;
  readonly adminUrl: string;
  readonly cookieKey: string;
}

/**
 * The part of the issuer's set-up that lets people sign in to the console: authorization code with PKCE, a session in
 * cookies, refresh tokens that end with it. The pages are served by the admin app (sign-in/).
 */
export function peopleSignIn({ prisma, issuer, adminUrl, cookieKey }: PeopleParts) {
  const path = new URL(issuer).pathname;
  return {
    scopes: ['openid'],
    claims: { openid: ['sub'], email: ['email'], profile: ['name'] },
    responseTypes: ['code'],
    pkce: { required: () => true },
    cookies: {
      keys: [cookieKey],
      long: { path, httpOnly: true, sameSite: 'lax', signed: true },
      short: { httpOnly: true, sameSite: 'lax', signed: true },
    },
    ttl: {
      Session: SESSION_SECONDS,
      Grant: SESSION_SECONDS,
      RefreshToken: SESSION_SECONDS,
      Interaction: INTERACTION_SECONDS,
      AuthorizationCode: CODE_SECONDS,
      AccessToken: TOKEN_TTL_SECONDS,
      IdToken: TOKEN_TTL_SECONDS,
    },
    interactions: { url: (_context: unknown, { uid }: { readonly uid: string }) => `${adminUrl}/sign-in/${uid}` },
    /** Asked at sign-in and at every refresh: who is gone gets nothing more. */
    findAccount: async (_context: unknown, id: string) => {
      const member = await prisma.member.findUnique({ where: { id } });
      if (!member) return undefined;
      const { email, name } = member;
      return { accountId: id, claims: () => ({ sub: id, email, name }) };
    },
    loadExistingGrant,
    issueRefreshToken: (_context: unknown, client: { grantTypeAllowed(type: string): boolean }) =>
      client.grantTypeAllowed('refresh_token'),
    renderError: (
      context: KoaContextWithOIDC,
      out: { readonly error: string; readonly error_description?: string | undefined },
    ) => answerPage(context, 'Sign-in failed', `<p>${page.text(out.error_description ?? out.error)}</p>`),
    features: {
      rpInitiatedLogout: {
        enabled: true,
        logoutSource: (context: KoaContextWithOIDC, form: string) =>
          answerPage(
            context,
            'Sign out',
            `${form}<button form="op.logoutForm" name="logout" value="yes">Sign out</button>`,
          ),
        postLogoutSuccessSource: (context: KoaContextWithOIDC) =>
          answerPage(context, 'Signed out', `<p><a href="${adminUrl}/">Sign in again</a></p>`),
      },
    },
  } satisfies Configuration;
}

/** The console is part of the product: signing in to it is all the consent it needs. */
async function loadExistingGrant(context: KoaContextWithOIDC) {
  const { client, session, provider } = context.oidc;
  if (!client || session?.accountId === undefined) return undefined;
  const known = session.grantIdFor(client.clientId);
  const earlier = known === undefined ? undefined : await provider.Grant.find(known);
  if (earlier) return earlier;
  const grant = new provider.Grant({ clientId: client.clientId, accountId: session.accountId });
  grant.addOIDCScope(SCOPE);
  grant.addResourceScope(AUDIENCES.admin, '');
  await grant.save();
  return grant;
}

function answerPage(context: KoaContextWithOIDC, title: string, body: string): void {
  context.set(page.headers());
  context.body = page.render(title, body);
}
