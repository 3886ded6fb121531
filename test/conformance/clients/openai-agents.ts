import {
  Agent,
  type AgentInputItem,
  type Model,
  OpenAIChatCompletionsModel,
  OpenAIResponsesModel,
  Runner,
  tool,
} from '@openai/agents';
import OpenAI from 'openai';
import type { Answer, Ask, Client } from './client.js';
import { openaiErrorKind } from './openai-errors.js';

const client = (name: string, surface: string, modelOf: (openai: OpenAI, model: string) => Model): Client => ({
  name,
  surface,
  errorKind: openaiErrorKind,
  connect: ({ url, key }) => {
    const openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
    return (ask) => converse(modelOf(openai, ask.model), ask);
  },
});

export const openaiAgents: readonly Client[] = [
  client(
    '`@openai/agents`, chat',
    '/v1/chat/completions',
    (openai, model) => new OpenAIChatCompletionsModel(openai, model),
  ),
  client('`@openai/agents`, responses', '/v1/responses', (openai, model) => new OpenAIResponsesModel(openai, model)),
];

async function converse(model: Model, ask: Ask): Promise<Answer> {
  const agent = agentFor(model, ask);
  const runner = new Runner({ tracingDisabled: true });
  const input: AgentInputItem[] = [{ role: 'user', content: contentOf(ask) }];
  const result = ask.streamed
    ? await runner.run(agent, input, { stream: true })
    : await runner.run(agent, input, { stream: false });
  if ('completed' in result) await result.completed;
  const { inputTokens, outputTokens } = result.runContext.usage;
  return {
    text: typeof result.finalOutput === 'string' ? result.finalOutput : JSON.stringify(result.finalOutput),
    thinking: result.newItems
      .map((item) => item.rawItem)
      .flatMap((item) => (item?.type === 'reasoning' ? [...item.content, ...(item.rawContent ?? [])] : []))
      .map(({ text }) => text)
      .join(''),
    usage: { input: inputTokens, output: outputTokens },
  };
}

function agentFor(model: Model, { tools = [], schema, thinking }: Ask) {
  return new Agent({
    name: 'tester',
    model,
    tools: tools.map(({ name, description, parameters, run }) =>
      tool({ name, description, parameters: parameters as never, strict: true, execute: async (args) => run(args) }),
    ),
    ...(schema && { outputType: { type: 'json_schema', name: 'answer', strict: true, schema: schema as never } }),
    modelSettings: {
      store: false,
      ...(thinking && {
        reasoning: { effort: 'medium', summary: 'auto' },
        providerData: { include: ['reasoning.encrypted_content'] },
      }),
    },
  });
}

const contentOf = ({ prompt, images = [] }: Ask) => [
  ...images.map((image) => ({ type: 'input_image' as const, image })),
  { type: 'input_text' as const, text: prompt },
];
