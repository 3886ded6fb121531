const PURE = '^libs/(core|messages|dialects|providers|metering)/';
const TOOLS = '^libs/(config|telemetry|redis|database|vault|embedded|outbound)/';
const DOMAIN = '^libs/(identity|routing|quota|guardrails|cache|ledger|audit|webhooks)/';

/** The direction of dependencies: core → pure → tools → domain → snapshot → apps. Each rule carries its reason. */
module.exports = {
  forbidden: [
    {
      name: 'no-cycles',
      comment: 'A circle has no top to read from.',
      severity: 'error',
      from: {},
      to: { circular: true },
    },
    {
      name: 'libs-never-import-apps',
      comment: 'Apps are built from libs, not the other way round.',
      severity: 'error',
      from: { path: '^libs/' },
      to: { path: '^apps/' },
    },
    {
      name: 'apps-never-import-each-other',
      comment: 'Apps talk through Redis, Postgres and HTTP; what they share is a message.',
      severity: 'error',
      from: { path: '^apps/([^/]+)/' },
      to: { path: '^apps/', pathNot: '^apps/$1/' },
    },
    {
      name: 'lib-entered-by-its-index',
      comment: 'A lib is what its index says; the rest may change freely.',
      severity: 'error',
      from: { path: '^(apps|test|bench)/' },
      to: { path: '^libs/[^/]+/(?!index\\.ts$)' },
    },
    {
      name: 'lib-entered-by-its-index-from-libs',
      comment: 'As above, between libs.',
      severity: 'error',
      from: { path: '^libs/([^/]+)/' },
      to: { path: '^libs/[^/]+/(?!index\\.ts$)', pathNot: '^libs/$1/' },
    },
    {
      name: 'core-imports-nothing',
      comment: 'Core is at the bottom.',
      severity: 'error',
      from: { path: '^libs/core/' },
      to: { path: '^libs/', pathNot: '^libs/core/' },
    },
    {
      name: 'pure-imports-core-only',
      comment: 'Pure libs import core; providers may name dialects.',
      severity: 'error',
      from: { path: PURE },
      to: { path: '^libs/', pathNot: [PURE] },
    },
    {
      name: 'pure-has-no-effects',
      comment: 'Pure libs can be tested and read without a server.',
      severity: 'error',
      from: { path: PURE, pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|ioredis|bullmq|@prisma|pg|fastify|undici)/' },
    },
    {
      name: 'pure-siblings',
      comment: 'Messages, dialects and metering do not know each other.',
      severity: 'error',
      from: { path: '^libs/(messages|dialects|metering)/' },
      to: { path: '^libs/(messages|dialects|metering|providers)/', pathNot: '^libs/$1/' },
    },
    {
      name: 'dialects-do-not-know-each-other',
      comment: 'N dialects, not N×M pairs: they meet in neutral/.',
      severity: 'error',
      from: { path: '^libs/dialects/(openai|anthropic|gemini|bedrock|cohere)[^/]*/', pathNot: '\\.spec\\.ts$' },
      to: { path: '^libs/dialects/(openai|anthropic|gemini|bedrock|cohere)', pathNot: '^libs/dialects/$1' },
    },
    {
      name: 'tools-below-domain',
      comment: 'Tools know no domain.',
      severity: 'error',
      from: { path: TOOLS, pathNot: '\\.spec\\.ts$' },
      to: { path: `${DOMAIN}|^libs/(snapshot|testing)/` },
    },
    {
      name: 'domain-edges',
      comment:
        "Between domains only the edges of the design: a domain that needs another's fact gets it as an argument.",
      severity: 'error',
      from: {
        path: '^libs/(identity|routing|quota|guardrails|cache|ledger|audit|webhooks)/',
        pathNot: '\\.spec\\.ts$',
      },
      to: { path: `${DOMAIN}|^libs/(snapshot|testing)/`, pathNot: '^libs/$1/' },
    },
    {
      name: 'no-postgres-in-the-gateway',
      comment: 'The data plane runs on the snapshot and Redis; Postgres may be away.',
      severity: 'error',
      from: { path: '^apps/gateway/src/', pathNot: '\\.spec\\.ts$' },
      to: { path: '(^libs/database/|node_modules/(pg|@prisma)/)', reachable: true },
    },
    {
      name: 'no-nest-in-the-call',
      comment: 'The life of a call is plain functions: a newcomer reads it without knowing Nest, and it costs nothing.',
      severity: 'error',
      from: { path: '^apps/gateway/src/call/', pathNot: '\\.spec\\.ts$' },
      to: { path: 'node_modules/(@nestjs|fastify)/' },
    },
    {
      name: 'simulator-is-an-independent-witness',
      comment: 'It must not agree with our translation because it shares it.',
      severity: 'error',
      from: { path: '^apps/simulator/' },
      to: { path: '^libs/(dialects|metering|quota|providers)/' },
    },
    {
      name: 'testing-only-in-tests',
      comment: 'Test harness is not product.',
      severity: 'error',
      from: { path: '^(apps|libs)/', pathNot: ['\\.spec\\.ts$', '^libs/testing/', '^apps/[^/]+/test/'] },
      to: { path: '^libs/testing/' },
    },
  ],
  options: {
    doNotFollow: { path: 'node_modules' },
    exclude: { path: '(^|/)(dist|generated)/' },
    tsPreCompilationDeps: true,
    tsConfig: { fileName: 'tsconfig.json' },
    enhancedResolveOptions: {
      exportsFields: ['exports'],
      conditionNames: ['tollgate-source', 'import', 'node', 'default'],
      extensions: ['.ts', '.mjs', '.js', '.json'],
    },
  },
};
