import type { OperationRequest } from '#libs/dialects';
import { estimateTokens, mostTokens } from '#libs/metering';
import type { Ask } from '../ask.js';
import { droppedFor, languageOf } from './encode-for.js';
import type { OperationSurface } from './operation.types.js';

/** What only chat models are asked for. */
const NO_NEEDS = { vision: false, audio: false, tools: false, jsonSchema: false, reasoning: false };

/** What the steps before the first attempt must know of an operation's request. */
export function askOf(request: OperationRequest, surface: OperationSurface): Ask {
  const { texts, beside, most, units } = request.load;
  const sum = (tokensOf: (text: string) => number): number =>
    texts.reduce((tokens, { text, times }) => tokens + tokensOf(text) * times, 0);
  return {
    operation: surface.operation,
    surface: surface.id,
    model: request.model,
    endUser: request.endUser ?? null,
    stream: request.stream,
    size: {
      tokens: sum(estimateTokens) + beside.input + beside.audioInput,
      tokensMax: sum(mostTokens) + most.input,
    },
    needs: NO_NEEDS,
    units,
    outputTokensWanted: beside.output,
    outputTokensMax: () => most.output,
    servedBy: (live) => surface.locally !== undefined || languageOf(live, surface) !== null,
    droppedBy: (live) => droppedFor(live, request, surface),
  };
}
