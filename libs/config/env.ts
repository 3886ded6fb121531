import { isIP } from 'node:net';
import { resolve } from 'node:path';
import { parseUsd } from '#libs/core';

/** A setting that stops the process: `message` is one line that names the variable and says what is wrong with it. */
export class ConfigError extends Error {
  override readonly name = 'ConfigError';
}

export type Environment = Readonly<Record<string, string | undefined>>;

interface Variable<T> {
  readonly name: string;
  /** Read when the variable is unset or empty. Absent: the variable is required. */
  readonly fallback?: string;
  readonly about: string;
  readonly parse: (text: string) => T;
}

function variable<T>(definition: Variable<T>): Variable<T> {
  return definition;
}

function integer(min: number, max: number): (text: string) => number {
  return (text) => {
    const value = Number(text);
    if (!/^-?\d+$/.test(text) || value < min || value > max)
      throw new Error(`must be an integer from ${min} to ${max}`);
    return value;
  };
}

function oneOf<const T extends string>(...values: readonly T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined) throw new Error(`must be one of ${values.join(', ')}`);
    return found;
  };
}

function url(...protocols: readonly string[]): (text: string) => string {
  return (text) => {
    if (!URL.canParse(text) || !protocols.includes(new URL(text).protocol))
      throw new Error(`must be a URL starting with ${protocols.map((p) => `${p}//`).join(' or ')}`);
    return text.replace(/\/$/, '');
  };
}

/** One server, or nodes of a cluster with commas between, which no URL parser takes. */
function redisUrl(text: string): string {
  if (/^rediss?-cluster:\/\/([^@/]*@)?[^@/,\s]+(,[^@/,\s]+)*$/.test(text)) return text;
  return url('redis:', 'rediss:')(text);
}

const boolean = (text: string): boolean => oneOf('true', 'false')(text) === 'true';

function usd(text: string): bigint {
  if (!/^\d{1,9}(\.\d{1,9})?$/.test(text)) throw new Error('must be a decimal amount in USD, such as 2.50');
  return parseUsd(text);
}

const KMS = /^aws-kms:(arn:aws[\w-]*:kms:[\w-]+:\d{12}:(?:key|alias)\/[\w/-]+)$/;

/** 32 bytes in base64, or the ARN of a key at AWS KMS. */
function masterKey(text: string): Buffer | { readonly awsKmsArn: string } {
  const awsKmsArn = KMS.exec(text)?.[1];
  if (awsKmsArn !== undefined) return { awsKmsArn };
  if (text.startsWith('aws-kms:')) throw new Error('must name a key at AWS KMS by its ARN: aws-kms:arn:aws:kms:…');
  const bytes = Buffer.from(text, 'base64');
  if (bytes.length !== 32) throw new Error('must be 32 bytes in base64 (make one with: openssl rand -base64 32)');
  return bytes;
}

/** Addresses and CIDR ranges, separated by commas; empty: none. */
function addresses(text: string): readonly string[] {
  const ranges = text.split(',').flatMap((each) => each.trim() || []);
  const wrong = ranges.find((range) => !/^[^/]+(\/\d{1,3})?$/.test(range) || isIP(range.split('/')[0] ?? '') === 0);
  if (wrong !== undefined) throw new Error('must be IP addresses and ranges like 10.0.0.0/8, separated by commas');
  return ranges;
}

/** Every environment variable that any Tollgate process reads. The reference page in docs/ is generated from this table. */
export const VARIABLES = {
  gatewayPort: variable({
    name: 'GATEWAY_PORT',
    fallback: '8080',
    about: 'Port of the gateway; 0 picks a free one.',
    parse: integer(0, 65_535),
  }),
  adminPort: variable({
    name: 'ADMIN_PORT',
    fallback: '8081',
    about: 'Port of the admin app; 0 picks a free one.',
    parse: integer(0, 65_535),
  }),
  simulatorPort: variable({
    name: 'SIMULATOR_PORT',
    fallback: '8082',
    about: 'Port of the provider simulator.',
    parse: integer(0, 65_535),
  }),
  workerPort: variable({
    name: 'WORKER_PORT',
    fallback: '8083',
    about: "Port of the worker's health and metrics.",
    parse: integer(0, 65_535),
  }),
  host: variable({
    name: 'TOLLGATE_HOST',
    fallback: '127.0.0.1',
    about: 'Address to listen on; 0.0.0.0 in a container.',
    parse: (text) => text,
  }),
  dataDir: variable({
    name: 'TOLLGATE_DATA_DIR',
    fallback: '.tollgate',
    about: 'Directory for embedded data, first-run credentials and the last snapshot.',
    parse: (text) => resolve(text),
  }),
  databaseUrl: variable({
    name: 'DATABASE_URL',
    about: 'Postgres; unset under npm start = the embedded one.',
    parse: url('postgres:', 'postgresql:'),
  }),
  redisUrl: variable({
    name: 'REDIS_URL',
    about:
      'Redis, Valkey, or a cluster of them (redis-cluster://host:port,host:port); unset under npm start = the embedded one.',
    parse: redisUrl,
  }),
  masterKey: variable({
    name: 'TOLLGATE_MASTER_KEY',
    about:
      'Wraps every data key: 32 bytes in base64, or aws-kms:<ARN of a key at AWS KMS>. Made on the first embedded start.',
    parse: masterKey,
  }),
  masterKeyNext: variable({
    name: 'TOLLGATE_MASTER_KEY_NEXT',
    fallback: '',
    about:
      'The master key to change to, in either form: data keys are wrapped anew under it while everything runs. Unset when nothing is to change.',
    parse: (text) => (text === '' ? null : masterKey(text)),
  }),
  dataKeyDays: variable({
    name: 'TOLLGATE_DATA_KEY_DAYS',
    fallback: '365',
    about:
      'Age in days at which the data key of an organization is replaced and its secrets are sealed anew; 0 = never.',
    parse: integer(0, 36_500),
  }),
  anchorEveryMs: variable({
    name: 'TOLLGATE_ANCHOR_EVERY_MS',
    fallback: '300000',
    about:
      'How often the worker signs where each audit trail ends and appends it to anchors/ in the data directory, in milliseconds.',
    parse: integer(100, 86_400_000),
  }),
  issuer: variable({
    name: 'TOLLGATE_ISSUER',
    fallback: '',
    about: 'External OIDC issuer for the gateway and admin audiences; unset = the built-in one at {admin}/oidc.',
    parse: (text) => (text === '' ? null : url('https:', 'http:')(text)),
  }),
  publicAdminUrl: variable({
    name: 'TOLLGATE_ADMIN_URL',
    fallback: '',
    about:
      'Where clients reach the admin app; unset = http://localhost:ADMIN_PORT. The built-in issuer is this plus /oidc.',
    parse: (text) => (text === '' ? null : url('https:', 'http:')(text)),
  }),
  publicGatewayUrl: variable({
    name: 'TOLLGATE_GATEWAY_URL',
    fallback: '',
    about:
      'Where clients reach the gateway: what proofs of possession (DPoP) must be made for. Also what the console shows in snippets. Unset = the host that a request names, which protects less where clients can be lured to another host.',
    parse: (text) => (text === '' ? null : url('https:', 'http:')(text)),
  }),
  clientId: variable({
    name: 'TOLLGATE_CLIENT_ID',
    fallback: '',
    about: "The operator's client for the CLI; unset = the one in credentials.json in the data directory.",
    parse: (text) => text,
  }),
  clientSecret: variable({
    name: 'TOLLGATE_CLIENT_SECRET',
    fallback: '',
    about: 'The secret of TOLLGATE_CLIENT_ID.',
    parse: (text) => text,
  }),
  trustedProxies: variable({
    name: 'TOLLGATE_TRUSTED_PROXIES',
    fallback: '',
    about:
      'Addresses and CIDR ranges of load balancers, separated by commas: what they say in x-forwarded-for is where a request came from.',
    parse: addresses,
  }),
  allowPrivateUpstreams: variable({
    name: 'TOLLGATE_ALLOW_PRIVATE_UPSTREAMS',
    fallback: 'false',
    about: 'Allow provider base URLs and webhooks on loopback or private networks.',
    parse: boolean,
  }),
  gatewayWorkers: variable({
    name: 'GATEWAY_WORKERS',
    fallback: '1',
    about: 'Gateway processes sharing the port: one per core that they may have.',
    parse: integer(1, 256),
  }),
  bodyLimitBytes: variable({
    name: 'TOLLGATE_BODY_LIMIT_BYTES',
    fallback: String(20 * 1024 * 1024),
    about: 'Largest request body the gateway takes.',
    parse: integer(1024, 512 * 1024 * 1024),
  }),
  requestTimeoutMs: variable({
    name: 'TOLLGATE_REQUEST_TIMEOUT_MS',
    fallback: '120000',
    about: 'How long a client may take to send one request, head and body, in milliseconds; then it gets 408.',
    parse: integer(1_000, 3_600_000),
  }),
  callsMax: variable({
    name: 'TOLLGATE_CALLS_MAX',
    fallback: '5000',
    about: 'Calls that one gateway process serves at once; more are refused with 503.',
    parse: integer(1, 1_000_000),
  }),
  reservationHoldMs: variable({
    name: 'TOLLGATE_RESERVATION_HOLD_MS',
    fallback: '900000',
    about:
      'After this long without a settlement a gateway counts as dead and what it reserved is booked at its estimate, in milliseconds. Never before the timeout of the call’s route has passed.',
    parse: integer(1_000, 86_400_000),
  }),
  spoolBytesMax: variable({
    name: 'TOLLGATE_SPOOL_BYTES_MAX',
    fallback: String(1024 * 1024 * 1024),
    about: 'Size of the spool of one gateway process at which it refuses new calls while Redis is away.',
    parse: integer(1, Number.MAX_SAFE_INTEGER),
  }),
  outageGraceNanoUsd: variable({
    name: 'TOLLGATE_OUTAGE_GRACE_USD',
    fallback: '0',
    about:
      'What may be spent of each hard budget during one outage of Redis, all gateways together, in USD; 0 = hard budgets refuse.',
    parse: usd,
  }),
  loopDelayMaxMs: variable({
    name: 'TOLLGATE_LOOP_DELAY_MAX_MS',
    fallback: '400',
    about:
      "How late the gateway's event loop may be on average before new calls are refused with 503, in milliseconds.",
    parse: integer(20, 600_000),
  }),
  drainDelayMs: variable({
    name: 'TOLLGATE_DRAIN_DELAY_MS',
    fallback: '0',
    about:
      'How long the gateway still takes new calls after SIGTERM while it already says that it is not ready: the time a load balancer needs to notice, in milliseconds.',
    parse: integer(0, 600_000),
  }),
  drainMs: variable({
    name: 'TOLLGATE_DRAIN_MS',
    fallback: '30000',
    about: 'How long running calls may finish after SIGTERM, in milliseconds.',
    parse: integer(0, 3_600_000),
  }),
  otlpEndpoint: variable({
    name: 'OTEL_EXPORTER_OTLP_ENDPOINT',
    fallback: '',
    about: 'Where the gateway sends traces and metrics: a collector that takes OTLP over HTTP. Unset: nowhere.',
    parse: (text) => (text === '' ? null : url('http:', 'https:')(text)),
  }),
  logLevel: variable({
    name: 'LOG_LEVEL',
    fallback: 'info',
    about: 'Least level that is logged.',
    parse: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
  }),
} as const;

export type VariableName = keyof typeof VARIABLES;
type Value<K extends VariableName> = ReturnType<(typeof VARIABLES)[K]['parse']>;
export type Config<K extends VariableName> = { readonly [P in K]: Value<P> };

/** Reads and checks the named variables. Throws ConfigError on the first that is missing or out of range. */
export function readConfig<K extends VariableName>(names: readonly K[], env: Environment): Config<K> {
  const config: Partial<Record<VariableName, unknown>> = {};
  for (const key of names) {
    const definition: Variable<unknown> = VARIABLES[key];
    const text = env[definition.name] || definition.fallback;
    if (text === undefined) throw new ConfigError(`${definition.name} is not set: ${definition.about}`);
    try {
      config[key] = definition.parse(text);
    } catch (cause) {
      throw new ConfigError(
        `${definition.name} is wrong: it ${cause instanceof Error ? cause.message : String(cause)}`,
      );
    }
  }
  return config as Config<K>;
}
