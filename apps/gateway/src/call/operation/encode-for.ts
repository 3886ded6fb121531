import { type OperationDialect, type OperationRequest, operationDialects } from '#libs/dialects';
import { operationDialectOf, urlFor } from '#libs/providers';
import type { LiveModel } from '../../live/live.js';
import type { OperationSurface, ParsedOperation } from './operation.types.js';

/** A request of an operation in the words of one candidate. */
export interface OutgoingOperation {
  readonly dialect: OperationDialect;
  readonly url: string;
  readonly contentType: string;
  readonly body: string | Uint8Array;
  /** Whether the client gets the provider's own bytes. */
  readonly passThrough: boolean;
  readonly dropped: readonly string[];
}

/**
 * The dialect in which this model's provider answers the surface's operation; null where it does not have the operation, or
 * in no dialect that the surface's translates to.
 */
export function languageOf({ provider }: LiveModel, surface: OperationSurface): OperationDialect | null {
  const id = operationDialectOf(provider, surface.operation);
  if (id === null) return null;
  const dialect = operationDialects[id];
  const translates = dialect.encodeRequest !== undefined && surface.dialect.encodeResponse !== undefined;
  return dialect.id === surface.dialect.id || translates ? dialect : null;
}

/** Names of the parameters that this model would not be told, as the client wrote them. */
export function droppedFor(live: LiveModel, request: OperationRequest, surface: OperationSurface): readonly string[] {
  const dialect = languageOf(live, surface);
  if (dialect === null || dialect.id === surface.dialect.id || !dialect.encodeRequest) return [];
  return dialect.encodeRequest(request, { upstreamModel: live.model.upstreamModel }).dropped;
}

/** What to say to this model. */
export function encodeFor(
  live: LiveModel,
  dialect: OperationDialect,
  { original, body, request }: ParsedOperation,
  surface: OperationSurface,
): OutgoingOperation {
  const target = { upstreamModel: live.model.upstreamModel };
  const url = (batch: boolean): string =>
    urlFor(live.provider, live.access, surface.operation, { ...target, stream: request.stream, batch });
  if (dialect.id === surface.dialect.id || !dialect.encodeRequest) {
    const { contentType } = original;
    const passedOn = original.with(dialect.modelMembers(body, target));
    return { dialect, url: url(request.batch), contentType, body: passedOn, passThrough: true, dropped: [] };
  }
  const { body: said, batch = request.batch, dropped } = dialect.encodeRequest(request, target);
  const contentType = 'application/json';
  return { dialect, url: url(batch), contentType, body: JSON.stringify(said), passThrough: false, dropped };
}
