import type { KoaContextWithOIDC } from 'oidc-provider';
import { addressOf } from './addresses.js';
import type { IssueRecord } from './issue-record.js';

/** Hands no access token over whose issue could not be written down. */
export function recordIssues(issues: IssueRecord, onError: (error: unknown) => void) {
  return async (context: KoaContextWithOIDC, next: () => Promise<void>): Promise<void> => {
    await next();
    const token = (context.body as { readonly access_token?: unknown } | undefined)?.access_token;
    if (context.oidc?.route !== 'token' || typeof token !== 'string') return;
    try {
      await issues.issued(context, token, addressOf(context));
    } catch (error) {
      onError(error);
      context.status = 500;
      context.body = { error: 'server_error', error_description: 'the request could not be completed' };
    }
  };
}
