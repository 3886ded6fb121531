import { Sha256 } from '@smithy/core/checksum';
import { SignatureV4 } from '@smithy/signature-v4';
import type { Auth, Settings } from '../provider.js';
import type { AuthDeps, AuthHeaders, Authorizer, OpenSecret, UnsignedRequest } from './authorizer.js';
import { optionalText, secretFields, secretText } from './secret-fields.js';

interface AwsCredentials {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
}

const REGION = /^[a-z0-9-]{1,40}$/;

/** `{ accessKeyId, secretAccessKey, sessionToken?, region? }`. Throws SecretFlaw. */
export function openAwsSecret(auth: Extract<Auth, { kind: 'sigv4' }>, secret: string | object): OpenSecret {
  const fields = secretFields(secret, 'an object with accessKeyId and secretAccessKey');
  const sessionToken = optionalText(fields, 'sessionToken', /^[\x21-\x7e]{1,8192}$/);
  const credentials: AwsCredentials = {
    accessKeyId: secretText(fields, 'accessKeyId', /^\w{16,128}$/),
    secretAccessKey: secretText(fields, 'secretAccessKey', /^[\x21-\x7e]{16,256}$/),
    ...(sessionToken !== null && { sessionToken }),
  };
  return {
    settings: { region: optionalText(fields, 'region', REGION) },
    authorizer: (settings, deps) => signer(auth.service, credentials, settings, deps),
  };
}

function signer(service: string, credentials: AwsCredentials, { region }: Settings, { clock }: AuthDeps): Authorizer {
  const signature = new SignatureV4({
    service,
    region: region ?? '',
    credentials,
    sha256: Sha256,
    applyChecksum: false,
  });
  return {
    authorize: async ({ method, url, headers, body }: UnsignedRequest): Promise<AuthHeaders> => {
      const { protocol, host, hostname, pathname, searchParams } = new URL(url);
      const { headers: signed } = await signature.sign(
        {
          method,
          protocol,
          hostname,
          path: pathname,
          query: Object.fromEntries(searchParams),
          headers: { ...headers, host },
          body,
        },
        { signingDate: new Date(clock.now()) },
      );
      // The client that sends it writes the host itself.
      const { host: _, ...rest } = signed;
      return rest;
    },
    renew: () => false,
  };
}
