import type { Json } from '../api/admin-api.js';
import { record, slugOf, text } from './loose.js';

/** What comes before the slash in `litellm_params.model`, and our provider. https://docs.litellm.ai/docs/providers */
const PROVIDERS: Readonly<Record<string, string>> = {
  openai: 'openai',
  text_completion_openai: 'openai',
  azure: 'azure-openai',
  anthropic: 'anthropic',
  gemini: 'gemini',
  vertex_ai: 'vertex',
  bedrock: 'bedrock',
  mistral: 'mistral',
  cohere: 'cohere',
  cohere_chat: 'cohere',
  groq: 'groq',
  together_ai: 'together',
  fireworks_ai: 'fireworks',
  deepseek: 'deepseek',
  xai: 'xai',
  perplexity: 'perplexity',
  openrouter: 'openrouter',
  cerebras: 'cerebras',
  moonshot: 'moonshot',
  jina_ai: 'jina',
  ollama: 'ollama',
  ollama_chat: 'ollama',
  hosted_vllm: 'vllm',
};

/** Names that LiteLLM knows without a provider before them. */
const BARE: readonly (readonly [RegExp, string])[] = [
  [/^(gpt|o\d|chatgpt|text-embedding|dall-e|tts|whisper)/, 'openai'],
  [/^claude/, 'anthropic'],
  [/^gemini/, 'gemini'],
  [/^(mistral|codestral|ministral)/, 'mistral'],
  [/^command/, 'cohere'],
];

interface MigratedModel {
  readonly group: string;
  readonly weight: number | null;
  readonly credential: Json;
  readonly model: Json & { readonly slug: string };
  readonly rateLimit: Json | null;
}

/** One entry of `model_list`, or the sentence that says why not. */
export function modelOf(entry: Json): MigratedModel | string {
  const group = text(entry['model_name']) ?? '';
  const params = record(entry['litellm_params']);
  const name = text(params['model']) ?? '';
  if (group.includes('*') || name.includes('*'))
    return `${group}: patterns are not carried over; callers who may can name a model as provider/model.`;
  const [provider, upstream] = providerOf(name, text(params['api_base']));
  if (provider === null)
    return `${group}: the provider of "${name}" is not known here; any OpenAI-compatible one works by its URL.`;
  const base = text(params['api_base'])?.replace(/\/+$/, '') ?? null;
  const region = text(params['aws_region_name']) ?? text(params['vertex_location']);
  const slug = slugOf(`${provider}-${upstream}`);
  const credential = slugOf([provider, secretName(params), base && new URL(base).hostname].filter(Boolean).join('-'));
  const perMinute = { requestsPerMinute: params['rpm'], tokensPerMinute: params['tpm'] };
  const limits = Object.fromEntries(
    Object.entries(perMinute).filter(([, value]) => Number.isInteger(value) && Number(value) > 0),
  );
  const weight = Number(params['weight']);
  return {
    group,
    weight: Number.isInteger(weight) && weight > 0 ? weight : null,
    credential: {
      slug: credential,
      provider,
      secret: secretOf(provider, params),
      ...(base !== null && { baseUrl: base }),
      ...(region !== null && { region }),
    },
    model: {
      slug,
      provider,
      credential,
      model: upstream,
      ...pricesOf({ ...params, ...record(entry['model_info']) }),
    },
    rateLimit: Object.keys(limits).length > 0 ? { scope: { model: slug }, ...limits } : null,
  };
}

function providerOf(name: string, base: string | null): readonly [provider: string | null, upstream: string] {
  const slash = name.indexOf('/');
  const upstream = name.slice(slash + 1);
  const known = slash < 0 ? BARE.find(([pattern]) => pattern.test(name))?.[1] : PROVIDERS[name.slice(0, slash)];
  if (known === 'openai' && base !== null && !base.includes('api.openai.com')) return ['openai-compatible', upstream];
  // Bedrock's names may say how it is to be asked.
  return [known ?? null, upstream.replace(/^(converse|invoke)\//, '')];
}

/** `os.environ/NAME` → NAME. A key that is written out is not carried over: secrets do not belong into files. */
function secretName(params: Json): string | null {
  const key = text(params['api_key']) ?? text(params['aws_access_key_id']) ?? text(params['vertex_credentials']);
  return /^os\.environ\/(\w+)$/.exec(key ?? '')?.[1] ?? null;
}

function secretOf(provider: string, params: Json): unknown {
  const variable = secretName(params) ?? `${provider.replaceAll('-', '_').toUpperCase()}_API_KEY`;
  if (provider !== 'bedrock') return `env:${variable}`;
  const other = /^os\.environ\/(\w+)$/.exec(text(params['aws_secret_access_key']) ?? '')?.[1];
  return {
    accessKeyId: `env:${secretName(params) ?? 'AWS_ACCESS_KEY_ID'}`,
    secretAccessKey: `env:${other ?? 'AWS_SECRET_ACCESS_KEY'}`,
  };
}

/** Dollars per token, as decimals that a float may have made long, to dollars per million, as text. */
function pricesOf(facts: Json): { prices?: Json } {
  const { input_cost_per_token: input, output_cost_per_token: output } = facts;
  if (typeof input !== 'number' || typeof output !== 'number') return {};
  return { prices: { inputPerMillion: perMillion(input), outputPerMillion: perMillion(output) } };
}

const perMillion = (perToken: number): string => (perToken * 1_000_000).toFixed(6).replace(/\.?0+$/, '');
