import type { IncomingMessage } from 'node:http';

/** Whom requests to the issuer come from, as the web server tells it: it knows which proxies to believe. */
const addresses = new WeakMap<IncomingMessage, string>();

export function cameFrom(request: IncomingMessage, address: string): void {
  addresses.set(request, address);
}

export function addressOf({ req }: { readonly req: IncomingMessage }): string {
  return addresses.get(req) ?? req.socket.remoteAddress ?? '';
}
