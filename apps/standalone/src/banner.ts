import { type Credentials, credentialsPath } from './credentials.js';

export interface BannerFacts {
  readonly dataDir: string;
  /** Whether it runs: the demo's routes lead to it. */
  readonly simulator: boolean;
}

/**
 * What is shown when all is ready. The curl works when pasted into any POSIX shell: it needs Node, which is there, and
 * takes the secret from the file, so that none is in the terminal's history.
 */
export function banner(credentials: Credentials, { dataDir, simulator }: BannerFacts): string {
  const path = credentialsPath(dataDir);
  const lines = [
    '',
    'Tollgate is ready.',
    '',
    `  Gateway      ${credentials.gateway}/v1`,
    `  Admin API    ${credentials.admin}/api/docs`,
    `  Issuer       ${credentials.issuer}`,
    `  Credentials  ${path}`,
    ...firstSignIn(credentials),
    '',
  ];
  if (simulator) lines.push('A first call:', '', ...firstCall(credentials, path), '');
  return lines.concat('Ctrl-C stops everything; the data stays.', '').join('\n');
}

/** Until somebody has signed in. The password is good for nothing but setting another. */
function firstSignIn({ admin, firstUser }: Credentials): string[] {
  if (!firstUser) return [];
  const { email, oneTimePassword } = firstUser;
  return [`  Sign in      ${admin}/ as ${email}, one-time password ${oneTimePassword}`];
}

function firstCall({ gateway, issuer }: Credentials, path: string): string[] {
  const client = `node -p 'c=JSON.parse(fs.readFileSync(process.argv[1])).demo;c.clientId+":"+c.clientSecret' '${path}'`;
  const body = '{"model":"fast","messages":[{"role":"user","content":"Say hello"}]}';
  return [
    `TOKEN=$(curl -s ${issuer}/token -d grant_type=client_credentials -u "$(${client})" |`,
    `  node -p 'JSON.parse(fs.readFileSync(0)).access_token')`,
    `curl ${gateway}/v1/chat/completions -H "authorization: Bearer $TOKEN" \\`,
    `  -H 'content-type: application/json' -d '${body}'`,
  ];
}
