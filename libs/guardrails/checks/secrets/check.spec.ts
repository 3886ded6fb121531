import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { rulesIn } from '../rules-in.fixture.js';
import { VENDOR_FORMATS } from './formats/index.js';

const secrets = (text: string) => rulesIn(text, { type: 'secrets', action: 'flag' });
/** Letters and digits as a machine draws them, always the same. */
const drawn = (length: number, alphabet = 'abcdefghijkmnopqrstuvwxyzABCDEFGHJKLMNPQRSTUVWXYZ23456789') => {
  let state = 42;
  return Array.from({ length }, () => {
    state = (Math.imul(state, 1_103_515_245) + 12_345) >>> 0;
    return alphabet[(state >>> 16) % alphabet.length];
  }).join('');
};
const hex = (length: number) => drawn(length, '3f9a1c7e2b8d4056');
const jwt = (header: object) =>
  [header, { sub: 'ada' }].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');

describe('secrets', () => {
  it.each([
    ['tollgate-key', `tg-${drawn(43)}`],
    ['openai-key', `sk-proj-${drawn(48)}`],
    ['anthropic-key', `sk-ant-api03-${drawn(93)}AA`],
    ['google-key', `AIza${drawn(35)}`],
    ['aws-access-key', 'AKIA2E0A8F3B244C9986'],
    ['azure-client-secret', `${drawn(3)}8Q~${drawn(34)}`],
    ['azure-storage-key', `DefaultEndpointsProtocol=https;AccountName=x;AccountKey=${drawn(86)}==;`],
    ['github-token', `ghp_${drawn(36)}`],
    ['gitlab-token', `glpat-${drawn(20)}`],
    ['slack-token', `xoxb-123456789012-1234567890123-${drawn(24)}`],
    ['slack-webhook', `https://hooks.slack.com/services/T0${drawn(8)}/B0${drawn(8)}/${drawn(24)}`],
    ['stripe-key', `sk_live_${drawn(24)}`],
    ['npm-token', `npm_${drawn(36)}`],
    ['terraform-token', `${drawn(14)}.atlasv1.${drawn(67)}`],
    ['telegram-token', `bot1234567890:AA${drawn(33)}`],
    ['mailchimp-key', `${hex(32)}-us12`],
    ['jwt', `${jwt({ alg: 'HS256', typ: 'JWT' })}.${drawn(43)}`],
    ['connection-string', 'mongodb+srv://app:s3cr3t@cluster0.example.mongodb.net/db'],
    ['connection-string', 'https://deploy:hunter2@git.example.com/x.git'],
    ['private-key', `-----BEGIN OPENSSH PRIVATE KEY-----\n${drawn(300)}\n-----END OPENSSH PRIVATE KEY-----`],
    ['authorization-header', `curl -H "Authorization: Bearer ${drawn(40)}"`],
    ['authorization-header', `Authorization: Basic ${Buffer.from('ada:hunter2').toString('base64')}`],
    ['curl-user', 'curl -u elastic:Tr0ub4dor https://localhost:9200'],
    ['named-secret', `api_key = "${drawn(32)}"`],
    ['named-secret', `{"client_secret":"${drawn(40)}"}`],
    ['named-vendor', `export DATADOG=${hex(40)}`],
    ['named-password', 'DB_PASSWORD=Tr0ub4dor&3'],
    ['named-password', '{"host":"db","pass":"Tr0ub4dor&3"}'],
    ['named-secret', `https://api.example.com/v1/list?token=${drawn(28)}`],
    ['named-secret', `<secret>{acme ${drawn(32)}}</secret>`],
    ['named-secret', `acme API KEY ${drawn(24)}`],
    ['named-secret', `acme_token = ${hex(40)}`],
    ['named-key', `using key = ${drawn(40)}`],
    ['named-vendor', `chartmogul ${drawn(32)}`],
    ['azure-devops-token', `${drawn(76)}AZDO${drawn(4)}`],
    ['aws-appsync-key', `da2-${drawn(26, 'abcdefghijklmnopqrstuvwxyz234567')}`],
    ['asana-token', `1/1${hex(15).replace(/[a-f]/g, '7')}:${hex(32)}`],
    ['clickup-token', `pk_1234567_${drawn(32, 'ABCDEFGHJKLMNPQRSTUVWXYZ23456789')}`],
    [
      'teams-webhook',
      `https://acme.webhook.office.com/webhookb2/${'3f9a1c7e-2b8d-4056-9a1c-7e2b8d40563f'}@${'3f9a1c7e-2b8d-4056-9a1c-7e2b8d40563f'}/IncomingWebhook/${hex(32)}/${'3f9a1c7e-2b8d-4056-9a1c-7e2b8d40563f'}`,
    ],
    ['password-hash', '$2b$12$R9h/cIPz0gi.URNNX3kh2OPST9/PgBkqquzi.Ss7KIUgO2t0jWMUW'],
    ['private-key', Buffer.from(`-----BEGIN RSA PRIVATE KEY-----\n${drawn(200)}`).toString('base64')],
    ['netrc', 'machine git.example.com login ada password hunter22'],
    ['connection-string', 'Server=db;Database=x;User ID=app;Password=swordfish;Encrypt=true'],
    ['docker-auth', `{"auths":{"r.example.com":{"auth":"${Buffer.from('ada:hunter2').toString('base64')}"}}}`],
    [
      'kubernetes-secret',
      `kind: Secret\nmetadata:\n  name: x\ndata:\n  blob: ${Buffer.from('hunter2hunter2').toString('base64')}\n`,
    ],
  ])('finds %s in: %s', (rule, text) => expect(secrets(`before ${text} after`)).toContain(rule));

  it('finds a key behind an escaped line break, as arguments of tools have them', () => {
    expect(secrets(JSON.stringify({ code: `a\nghp_${drawn(36)}` }))).toEqual(['github-token']);
  });

  it.each([
    'sk-proj-xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx',
    'AKIAIOSFODNN7EXAMPLE',
    '-----BEGIN PRIVATE KEY-----\n...\n-----END PRIVATE KEY-----',
    'postgres://$' + '{USER}:$' + '{PASSWORD}@localhost/db',
    'const apiKey = process.env.API_KEY;',
    'password: "your-password"',
    'password = getPassword(user)',
    'token = tokenizer.next_token',
    'key_length = XSalsa20.key_length',
    'the key takeaway: 2024-03-01, version 1.2.3',
    '"public_key": "9Cnzj4p4WGeKLs1Pt8QuKUpRKfFLfRYC9AIKjbJTWit"',
    'commit 3f9a1c7e2b8d40563f9a1c7e2b8d40563f9a1c7e',
    'id: 123e4567-e89b-12d3-a456-426614174000',
    'eyJust a word that begins like a token',
    'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk',
    'see https://example.com/docs/tokens?page=2#secret-keys',
    'if (pem.indexOf("-----BEGIN PRIVATE KEY-----") !== 0) throw new TypeError(message);',
    'this.password2 = options.password2',
    'anthropic-beta: mcp-tunnels-2026-06-22',
    'token_hash: 3f9a1c7e2b8d40563f9a1c7e2b8d40563f9a1c7e',
    'api_key: ${' + 'API_KEY}',
    'API_KEY=<your-api-key-here>',
    'apiKey: "your-api-key-here"',
    'SECRET_KEY=xxxxxxxxxxxxxxxxxxxxxxxx',
    '"integrity": "sha512-3ogw04cOZeYNoaC5Ia9UlXKAHHgM9PrWvcVvYNoaC5Ia9UlXKAHHg9fB2pW9zqY0tPNZx2XyS8Zt1Q=="',
    'golang.org/x/oauth2/auth v0.5.11 h1:P6bYXFoao05z5uhOQzbC3Qd8JqF3jUoocoTeIxkp2cA=',
    'import { useTokenRefreshHandlerV2 } from "./auth/token-refresh-handler-v2";',
    'const cacheKey = "user-profile-page-v2-2024";',
    'function decodeSessionKeyFromBase64Url(e,t){return e.keyLength256?t:null}',
    'kind: Secret\nmetadata:\n  name: x\nstringData:\n  password: $' + '{PASSWORD}\n',
  ])('finds nothing in: %s', (text) => expect(secrets(text)).toEqual([]));

  it('takes no longer on texts made of beginnings than their length explains: each format looks at a bounded stretch', () => {
    const anchors = VENDOR_FORMATS.flatMap((format) => format.anchors);
    fc.assert(
      fc.property(fc.array(fc.constantFrom(...anchors), { maxLength: 300 }), (pieces) => {
        for (const finding of secrets(pieces.join(''))) expect(typeof finding).toBe('string');
      }),
      { numRuns: 20 },
    );
  });
});
