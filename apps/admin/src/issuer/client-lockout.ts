import type { Redis } from 'ioredis';
import { errors, type KoaContextWithOIDC, Provider } from 'oidc-provider';
import { FailureLimit, networkOf } from '../http/failure-limit.js';
import { addressOf } from './addresses.js';

/** One client from one network: a wrong secret in a deployment that tries again and again, or somebody who guesses. */
const PER_CLIENT = { max: 10, windowSeconds: 60 };
/** All clients from one network together. */
const PER_NETWORK = { max: 300, windowSeconds: 60 };

/** As which client a request came. Kept beside the request: it may be of nobody whom we know. */
const clientIds = new WeakMap<object, string>();

/**
 * Limits failed client authentication at the token endpoint and its neighbours. After ten failures of one client from one
 * network, that client is not looked at from there for the rest of a minute, with a right secret neither; from anywhere else
 * it gets in as ever, so that nobody can lock out somebody else. A network that fails with many clients gets 429 instead of
 * 401, and is served where it is right: an address may be a whole company.
 */
export function limitClientFailures(provider: Provider, redis: Redis): void {
  const perClient = new FailureLimit(redis, PER_CLIENT);
  const perNetwork = new FailureLimit(redis, PER_NETWORK);
  const find = provider.Client.find.bind(provider.Client);
  provider.Client.find = async (clientId: string) => {
    const context = Provider.ctx;
    if (context) {
      clientIds.set(context, clientId);
      const seconds = await perClient.wait(pairOf(clientId, context));
      if (seconds > 0) throw new TooManyFailures(seconds);
    }
    return find(clientId);
  };
  provider.use(async (context: KoaContextWithOIDC, next: () => Promise<void>) => {
    await next();
    const { error } = (context.body ?? {}) as { readonly error?: unknown };
    if (error === TooManyFailures.CODE) context.set('retry-after', String(PER_CLIENT.windowSeconds));
    if (context.status !== 401 || error !== 'invalid_client') return;
    const clientId = clientIds.get(context) ?? '';
    const [, seconds] = await Promise.all([
      perClient.failed(pairOf(clientId, context)),
      perNetwork.failed(`network ${networkOf(addressOf(context))}`),
    ]);
    if (seconds > 0) refuse(context, seconds);
  });
}

class TooManyFailures extends errors.CustomOIDCProviderError {
  static readonly CODE = 'temporarily_unavailable';

  constructor(seconds: number) {
    super(TooManyFailures.CODE, textFor(seconds));
    this.statusCode = 429;
  }
}

function refuse(context: KoaContextWithOIDC, seconds: number): void {
  context.status = 429;
  context.set('retry-after', String(seconds));
  context.body = { error: TooManyFailures.CODE, error_description: textFor(seconds) };
}

function textFor(seconds: number): string {
  return `too many failed client authentications from here: try again in ${seconds} seconds`;
}

function pairOf(clientId: string, context: Parameters<typeof addressOf>[0]): string {
  return `client ${clientId.slice(0, 200)}\n${networkOf(addressOf(context))}`;
}
