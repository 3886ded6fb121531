import { type Count, type CountRequest, FREE } from '#libs/dialects';
import { countTokens } from '#libs/metering';
import { contentOf } from '#libs/routing';

/** How many tokens a chat request is, counted here: exact for OpenAI's models, near for others, pictures at a flat rate. */
export async function countLocally({ chat }: CountRequest): Promise<Count> {
  const { text, fixedTokens } = contentOf(chat);
  return { inputTokens: (await countTokens(text)) + fixedTokens, usage: FREE, model: undefined };
}
