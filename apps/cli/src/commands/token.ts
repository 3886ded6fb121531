import { type Access, type Client, readAccess } from '../api/access.js';
import { requestToken } from '../api/access-token.js';
import { type Command, JSON_OPTION } from '../command.js';
import { secretOf } from '../configuration/secrets.js';
import { EXIT_CODES, wrongUsage } from '../failure.js';

export const token: Command = {
  name: 'token',
  operands: '',
  operandsMax: 0,
  about: "Print an access token: the operator's for the admin API, or a service's for the gateway.",
  options: {
    service: { short: 's', value: 'SLUG', about: "A service whose secret the first start has left: the demo's" },
    'client-id': { value: 'ID', about: 'Client id of any service' },
    'client-secret': { value: 'REFERENCE', about: 'Where the secret of that client is: env:NAME or file:path' },
    json: JSON_OPTION,
  },
  examples: ['token', 'token --service demo-app', 'token --client-id ID --client-secret env:MY_SECRET'],
  async run(args, { terminal, env, directory }) {
    const access = readAccess(env);
    const service = serviceClient(args.value('service'), access);
    const reference = args.value('client-secret');
    const clientId = args.value('client-id');
    if ((clientId === undefined) !== (reference === undefined))
      throw wrongUsage('--client-id and --client-secret go together');
    const named =
      clientId !== undefined && reference !== undefined ? { clientId, clientSecret: secret(reference) } : null;
    const client = named ?? service;
    const { token: text, expiresInSeconds } = await requestToken(
      access.issuer,
      client ?? access.client,
      client ? 'urn:tollgate:gateway' : 'urn:tollgate:admin',
    );
    terminal.print(args.has('json') ? JSON.stringify({ accessToken: text, expiresInSeconds }) : text);
    return EXIT_CODES.done;

    function secret(from: string): string {
      if (!/^(env|file):/.test(from)) throw wrongUsage('--client-secret must be a reference: env:NAME or file:path');
      const found = secretOf({ secret: from }, env, directory);
      if (!found.known) throw wrongUsage(`--client-secret: ${found.why}`);
      return String(found.secret);
    }
  },
};

function serviceClient(slug: string | undefined, { demo }: Access): Client | null {
  if (slug === undefined) return null;
  if (demo?.service === slug) return demo;
  throw wrongUsage(`The secret of service "${slug}" is not known here: use --client-id and --client-secret`);
}
