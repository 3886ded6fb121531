/** What the credential of {@link ACME} refers to. */
export const SECRET = 'sk-an-openai-secret-of-length-1234';
/** Its provider credential, as an entry of the list. */
export const CREDENTIAL =
  "  - { slug: openai-main, provider: openai, secret: env:OPENAI_KEY, baseUrl: 'http://127.0.0.1:9' }";

/** An organization with some of everything. */
export const ACME = `
organization: acme
name: Acme Inc.
residency: [eu]
teams:
  - { slug: search, name: Search, parent: engineering }
  - { slug: engineering, name: Engineering, costCenter: CC-1 }
services:
  - { slug: checkout, name: Checkout, team: search, allowedModels: [chat] }
providerCredentials:
${CREDENTIAL}
models:
  - { slug: big, provider: openai, credential: openai-main, model: gpt-5, region: eu, prices: { inputPerMillion: '2.5', outputPerMillion: '10' } }
  - { slug: small, provider: openai, credential: openai-main, model: gpt-5-mini, region: eu }
routes:
  - slug: chat
    targets: [{ model: big }, { model: small, weight: 2 }]
    rules: [{ when: { team: search }, targets: [{ model: small }] }]
    cache: { ttlSeconds: 60 }
    retry: { attempts: 3 }
rateLimits:
  - { scope: { team: search, user: '*' }, requestsPerMinute: 60 }
  - { scope: {}, maxConcurrency: 100 }
budgets:
  - { slug: search-monthly, scope: { team: search }, amount: '500', period: month, alertsAt: [0.5, 1] }
guardrails:
  - { slug: no-secrets, applyTo: both, checks: [{ type: secrets, action: block }], scope: { route: chat } }
`;
