interface SecretRule {
  readonly name: string;
  /** A fixed piece that every match contains: looked for first, since most texts contain none. */
  readonly anchor: string;
  /** Global and sticky-free; every quantifier bounded, so that no text can make it slow. */
  readonly pattern: RegExp;
}

/** Longest match of any rule but private keys, in characters. */
export const SECRET_CHARS_MAX = 512;

/** Formats as their issuers document them. Each has a prefix of its own, so a match is hardly ever an accident. */
export const SECRET_RULES: readonly SecretRule[] = [
  { name: 'tollgate-key', anchor: 'tg', pattern: /\btg(?:-|s_)[A-Za-z0-9_-]{38,64}/g },
  { name: 'openai-key', anchor: 'sk-', pattern: /\bsk-(?:proj-|svcacct-|admin-)?[A-Za-z0-9_-]{32,200}/g },
  { name: 'anthropic-key', anchor: 'sk-ant-', pattern: /\bsk-ant-[a-z0-9]{2,12}-[A-Za-z0-9_-]{32,200}/g },
  { name: 'google-key', anchor: 'AIza', pattern: /\bAIza[A-Za-z0-9_-]{35}/g },
  { name: 'aws-access-key', anchor: 'A', pattern: /\b(?:AKIA|ASIA)[A-Z2-7]{16}\b/g },
  { name: 'github-token', anchor: 'gh', pattern: /\b(?:gh[pousr]_[A-Za-z0-9]{36,251}|github_pat_[A-Za-z0-9_]{82})/g },
  { name: 'gitlab-token', anchor: 'glpat-', pattern: /\bglpat-[A-Za-z0-9_-]{20,64}/g },
  { name: 'slack-token', anchor: 'xox', pattern: /\bxox[abprs]-[A-Za-z0-9-]{10,200}/g },
  { name: 'stripe-key', anchor: '_live_', pattern: /\b[sr]k_live_[A-Za-z0-9]{24,200}/g },
  { name: 'npm-token', anchor: 'npm_', pattern: /\bnpm_[A-Za-z0-9]{36}\b/g },
  {
    name: 'connection-string',
    anchor: '://',
    pattern:
      /\b(?:postgres(?:ql)?|mysql|mongodb(?:\+srv)?|rediss?|amqps?):\/\/[^\s:@/]{1,64}:[^\s:@/]{1,128}@[^\s"'<>]{1,200}/g,
  },
];

/** A private key from its first line to its last, or to the end of the text when the last has not come. */
export const PRIVATE_KEY = {
  name: 'private-key',
  anchor: 'PRIVATE KEY-----',
  pattern: /-----BEGIN [A-Z ]{0,24}PRIVATE KEY-----[\s\S]{0,8192}?(?:-----END [A-Z ]{0,24}PRIVATE KEY-----|$)/g,
} as const satisfies SecretRule;
