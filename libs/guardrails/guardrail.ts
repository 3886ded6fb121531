/** A named set of checks and the calls it binds. */
export interface Guardrail {
  readonly id: string;
  readonly slug: string;
  readonly applyTo: 'input' | 'output' | 'both';
  readonly checks: readonly CheckConfig[];
  readonly scope: { readonly team?: string; readonly service?: string; readonly route?: string };
}

export interface CheckConfig {
  readonly type: string;
  readonly action: 'block' | 'redact' | 'flag';
  readonly onError?: 'block' | 'allow';
  readonly [option: string]: unknown;
}
