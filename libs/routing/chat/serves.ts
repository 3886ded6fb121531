import type { Operation, Provider } from '#libs/providers';

/** Dialects that are operations of their own at providers which have them: asked in kind, they are answered in kind. */
export const OWN_OPERATION: Partial<Record<string, Operation>> = {
  'openai-responses': 'responses',
  'openai-completions': 'completions',
};

/** Whether a provider can answer a request in this chat dialect: any with chat models, whatever dialect they speak. */
export function servesChat({ paths }: Pick<Provider, 'paths'>, dialect: string): boolean {
  const own = OWN_OPERATION[dialect];
  return paths.chat !== undefined || (own !== undefined && paths[own] !== undefined);
}
