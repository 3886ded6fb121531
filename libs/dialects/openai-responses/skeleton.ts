import type { Reply } from '../dialect.js';
import type { ChatResponse, JsonObject } from '../neutral/index.js';
import { encodeFormat } from './encode-request.js';
import { encodeTool, encodeToolChoice } from './tools.js';
import type { Response } from './types.js';

type Tier = NonNullable<Response['service_tier']>;
const TIERS: ReadonlySet<string | undefined> = new Set<Tier>(['auto', 'default', 'flex', 'scale', 'priority']);

/** The response without what it says: its name, and the request said back as the API does. */
export function skeleton(response: Pick<ChatResponse, 'id' | 'createdSec' | 'serviceTier'>, reply: Reply): JsonObject {
  const { request } = reply;
  const { effort, visible } = request.reasoning ?? {};
  const shown: Omit<Response, 'output_text' | 'tools' | 'tool_choice' | 'usage'> = {
    id: response.id.startsWith('resp_') ? response.id : `resp_${reply.callId.replaceAll('-', '')}`,
    object: 'response',
    created_at: response.createdSec ?? reply.createdSec,
    status: 'in_progress',
    background: false,
    error: null,
    incomplete_details: null,
    instructions: null,
    max_output_tokens: request.maxOutputTokens ?? null,
    model: reply.model,
    output: [],
    parallel_tool_calls: request.parallelToolCalls ?? true,
    previous_response_id: null,
    reasoning: { effort: effort ?? null, summary: visible ? 'auto' : null },
    temperature: request.temperature ?? 1,
    text: { format: encodeFormat(request.output ?? { kind: 'text' }) as unknown as { type: 'text' } },
    top_p: request.topP ?? 1,
    truncation: 'disabled',
    metadata: { ...request.metadata },
    ...(TIERS.has(response.serviceTier) ? { service_tier: response.serviceTier as Tier } : {}),
    ...(request.endUser === undefined ? {} : { user: request.endUser }),
  };
  return {
    ...shown,
    store: false,
    tools: [...(request.tools ?? []).map(encodeTool), ...(request.serverTools ?? []).map((tool) => tool.value)],
    tool_choice: request.toolChoice === undefined ? 'auto' : encodeToolChoice(request.toolChoice),
  };
}
