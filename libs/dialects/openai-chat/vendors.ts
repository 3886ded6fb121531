/** How a vendor parts from the dialect so far that all but plain talk must be translated. */
export interface OwnWays {
  /** Members of a request that it takes as OpenAI means them, and that change nothing in how it answers. */
  readonly plain: ReadonlySet<string>;
  /** The same for a message, and the roles it knows. */
  readonly messagePlain: ReadonlySet<string>;
  readonly roles: ReadonlySet<unknown>;
  /** Members beyond the neutral form that it knows; it refuses a request with any other. */
  readonly rest: ReadonlySet<string>;
  /** Models that tell their thoughts unasked. */
  readonly thinks: RegExp;
}

/** Where vendors of this dialect part ways. A vendor without a row is taken as a plain OpenAI-compatible one. */
export interface Vendor {
  /** Name of the limit on output tokens. */
  readonly maxTokens: 'max_tokens' | 'max_completion_tokens';
  readonly seed: 'seed' | 'random_seed';
  /** Knows the role `developer`; the others are sent `system`. */
  readonly developerRole: boolean;
  /** Takes text only as one string, not as a list of parts. */
  readonly oneString: boolean;
  /** Takes `response_format: json_schema`; where not, a forced tool stands in. */
  readonly jsonSchema: boolean;
  /** Where thinking of earlier turns is taken back. */
  readonly thinking: 'reasoning_content' | 'reasoning_details' | 'thinking' | null;
  /** What marks the end of a prompt prefix to cache. */
  readonly cacheMark: 'prompt_cache_breakpoint' | 'cache_control' | null;
  /** Takes a file by URL, and under which part. */
  readonly fileUrl: 'document_url' | 'file_url' | 'file' | null;
  /** Continues a last assistant message only when that says `prefix: true`. */
  readonly prefix: boolean;
  readonly topK: boolean;
  readonly logprobs: boolean;
  readonly endUser: boolean;
  readonly metadata: boolean;
  readonly serviceTiers: readonly string[];
  /** Reports usage at the end of each stream unasked, and may refuse to be asked. */
  readonly alwaysUsage: boolean;
  /** Takes only ids of calls that look like its own: nine letters and digits. */
  readonly shortCallIds: boolean;
  /**
   * Top-level members that the vendor refuses or, worse for a limit, passes over, and the name it takes instead; null where it has
   * none. Changed even in a request that otherwise passes through untouched.
   */
  readonly renames: Readonly<Record<string, string | null>>;
  readonly ownWays: OwnWays | null;
}

const COMPATIBLE: Vendor = {
  maxTokens: 'max_tokens',
  seed: 'seed',
  developerRole: false,
  oneString: false,
  jsonSchema: true,
  thinking: null,
  cacheMark: null,
  fileUrl: null,
  prefix: false,
  topK: false,
  logprobs: true,
  endUser: true,
  metadata: false,
  serviceTiers: [],
  alwaysUsage: false,
  shortCallIds: false,
  renames: {},
  ownWays: null,
};
const LIMIT = { max_completion_tokens: 'max_tokens' };

/** https://platform.openai.com/docs/api-reference/chat/create */
const OPENAI: Vendor = {
  ...COMPATIBLE,
  maxTokens: 'max_completion_tokens',
  developerRole: true,
  cacheMark: 'prompt_cache_breakpoint',
  metadata: true,
  serviceTiers: ['auto', 'default', 'flex', 'scale', 'priority'],
};

/**
 * A closed schema; calls with ids of nine characters and, in answers, without `type`; thoughts as parts of the content.
 * https://docs.mistral.ai/api/endpoint/chat
 */
const MISTRAL_WAYS: OwnWays = {
  plain: new Set([
    ...['model', 'messages', 'stream', 'temperature', 'top_p', 'max_tokens', 'stop', 'random_seed', 'n', 'metadata'],
    ...['response_format', 'presence_penalty', 'frequency_penalty', 'prediction', 'safe_prompt', 'prompt_cache_key'],
  ]),
  messagePlain: new Set(['role', 'content', 'prefix']),
  roles: new Set(['system', 'user', 'assistant']),
  rest: new Set([
    'prediction',
    'prompt_mode',
    'safe_prompt',
    'guardrails',
    'prompt_cache_key',
    'prefix',
    'tool_choice',
  ]),
  thinks: /magistral/,
};

const VENDORS: Readonly<Record<string, Vendor>> = {
  openai: OPENAI,
  'azure-openai': OPENAI,
  /** Refuses unknown fields. https://docs.mistral.ai/api/endpoint/chat */
  mistral: {
    ...COMPATIBLE,
    seed: 'random_seed',
    thinking: 'thinking',
    fileUrl: 'document_url',
    prefix: true,
    logprobs: false,
    endUser: false,
    metadata: true,
    alwaysUsage: true,
    shortCallIds: true,
    renames: { ...LIMIT, seed: 'random_seed', stream_options: null },
    ownWays: MISTRAL_WAYS,
  },
  /** https://api-docs.deepseek.com/api/create-chat-completion, https://api-docs.deepseek.com/guides/thinking_mode */
  deepseek: { ...COMPATIBLE, oneString: true, jsonSchema: false, thinking: 'reasoning_content', renames: LIMIT },
  /** https://console.groq.com/docs/api-reference */
  groq: {
    ...COMPATIBLE,
    maxTokens: 'max_completion_tokens',
    logprobs: false,
    serviceTiers: ['auto', 'on_demand', 'flex', 'performance'],
  },
  /** https://docs.x.ai/docs/api-reference */
  xai: { ...COMPATIBLE, maxTokens: 'max_completion_tokens' },
  /** https://inference-docs.cerebras.ai/api-reference/chat-completions */
  cerebras: { ...COMPATIBLE, maxTokens: 'max_completion_tokens' },
  /** https://openrouter.ai/docs/api-reference/parameters */
  openrouter: {
    ...COMPATIBLE,
    thinking: 'reasoning_details',
    cacheMark: 'cache_control',
    fileUrl: 'file',
    topK: true,
  },
  /** https://docs.perplexity.ai/api-reference/chat-completions-post */
  perplexity: { ...COMPATIBLE, fileUrl: 'file_url', topK: true, logprobs: false, alwaysUsage: true, renames: LIMIT },
  /** https://docs.together.ai/reference/chat-completions */
  together: { ...COMPATIBLE, topK: true, renames: LIMIT },
  /** https://docs.fireworks.ai/api-reference/post-chatcompletions */
  fireworks: { ...COMPATIBLE, topK: true, thinking: 'reasoning_content' },
  /** https://platform.moonshot.ai/docs/guide/use-kimi-k2-thinking-model */
  moonshot: { ...COMPATIBLE, thinking: 'reasoning_content', renames: LIMIT },
  /** https://docs.vllm.ai/en/latest/serving/openai_compatible_server.html */
  vllm: { ...COMPATIBLE, topK: true, thinking: 'reasoning_content' },
};

/** How this provider writes the dialect. */
export const vendorOf = (provider: string): Vendor =>
  Object.hasOwn(VENDORS, provider) ? (VENDORS[provider] ?? COMPATIBLE) : COMPATIBLE;
