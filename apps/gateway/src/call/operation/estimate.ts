import type { TokenCounts } from '#libs/core';
import type { OperationRequest } from '#libs/dialects';
import { countTokens } from '#libs/metering';

/** What a call used where its provider does not tell: the request's texts counted, and the likely rest. `said`: the answer's text. */
export async function estimateOf({ load }: OperationRequest, said?: string): Promise<TokenCounts> {
  let input = load.beside.input;
  for (const { text, times } of load.texts) input += (await countTokens(text)) * times;
  return { ...load.beside, input, ...(said !== undefined && { output: await countTokens(said) }) };
}
