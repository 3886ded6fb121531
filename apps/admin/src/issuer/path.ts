/** Where the admin app serves its built-in issuer. */
export const ISSUER_PATH = '/oidc';

/** Where browsers reach the admin app, from the issuer's URL. */
export function adminUrlOf(issuer: string): string {
  return issuer.slice(0, -ISSUER_PATH.length);
}
