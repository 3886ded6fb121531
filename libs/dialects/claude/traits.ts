/** What a Claude model takes, as far as a request must be written differently for it. */
export interface Traits {
  /** `budget`: `thinking.budget_tokens`. `adaptive`: `thinking.type: adaptive` with `output_config.effort`. */
  readonly thinking: 'none' | 'budget' | 'adaptive';
  /** Whether `temperature`, `top_p` and `top_k` are taken; `one`: either temperature or top_p. */
  readonly sampling: 'all' | 'one' | 'none';
  /** Whether `output_config.format` and `strict` tools are taken. */
  readonly structuredOutput: boolean;
  /** Whether an answer can be begun for it by a last assistant message. */
  readonly prefill: boolean;
  /** Efforts above `high`. */
  readonly efforts: readonly ('xhigh' | 'max')[];
}

/** Version in `claude-opus-4-7`, `anthropic.claude-3-5-haiku-20241022-v1:0`, `claude-sonnet-4@20250514`: major, then minor of at most two digits. */
const VERSION = /claude-(?:[a-z]+-)?(\d+)(?:[-.](\d{1,2})(?!\d))?/;

/** Another vendor's model behind this dialect: the oldest common ground. */
const COMPATIBLE: Traits = { thinking: 'budget', sampling: 'all', structuredOutput: false, prefill: true, efforts: [] };

/**
 * Traits by model id, after Anthropic's migration guides (platform.claude.com/docs/en/about-claude/models, April 2026):
 * thinking from 3.7, temperature or top_p but not both from 4.1, structured outputs from 4.5, adaptive thinking from 4.6,
 * no prefill from 4.6, no sampling fields from 4.7. A Claude without a version in its name is one of the newest.
 */
export function traitsOf(upstreamModel: string): Traits {
  if (!upstreamModel.includes('claude')) return COMPATIBLE;
  const [, major, minor] = VERSION.exec(upstreamModel) ?? [];
  const version = major === undefined ? Number.POSITIVE_INFINITY : Number(major) * 100 + Number(minor ?? 0);
  return {
    thinking: version < 307 ? 'none' : version < 406 ? 'budget' : 'adaptive',
    sampling: version < 401 ? 'all' : version < 407 ? 'one' : 'none',
    structuredOutput: version >= 405,
    prefill: version < 406,
    efforts: version >= 407 ? ['xhigh', 'max'] : version >= 406 ? ['max'] : [],
  };
}
