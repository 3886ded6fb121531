/** What a Gemini model takes, as far as a request must be written differently for it. */
export interface Traits {
  /** `budget`: `thinkingBudget` within the range; `level`: `thinkingLevel` out of those named. */
  readonly thinking:
    | { readonly by: 'none' }
    | { readonly by: 'budget'; readonly min: number; readonly max: number; readonly canBeOff: boolean }
    | { readonly by: 'level'; readonly levels: readonly ('MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH')[] };
  /** Whether a schema for the answer may stand beside tools. */
  readonly schemaWithTools: boolean;
  /** Whether the first call of a turn must carry a signature. */
  readonly signedCalls: boolean;
}

/** By model id, after ai.google.dev/gemini-api/docs/thinking and …/thought-signatures (March 2026). Unknown names are the newest. */
export function traitsOf(upstreamModel: string): Traits {
  const version = Number(/gemini-(\d+(?:\.\d+)?)/.exec(upstreamModel)?.[1] ?? '3');
  const schemaWithTools = version >= 3;
  const signedCalls = version >= 3;
  if (version < 2.5) return { thinking: { by: 'none' }, schemaWithTools, signedCalls };
  if (version >= 3) {
    const levels = upstreamModel.includes('pro')
      ? version >= 3.1
        ? (['LOW', 'MEDIUM', 'HIGH'] as const)
        : (['LOW', 'HIGH'] as const)
      : (['MINIMAL', 'LOW', 'MEDIUM', 'HIGH'] as const);
    return { thinking: { by: 'level', levels }, schemaWithTools, signedCalls };
  }
  const range = upstreamModel.includes('pro')
    ? { min: 128, max: 32_768, canBeOff: false }
    : { min: upstreamModel.includes('lite') ? 512 : 1, max: 24_576, canBeOff: true };
  return { thinking: { by: 'budget', ...range }, schemaWithTools, signedCalls };
}
