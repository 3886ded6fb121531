/** A named set of checks and the calls it binds. */
export interface Guardrail {
  readonly id: string;
  readonly slug: string;
  readonly applyTo: 'input' | 'output' | 'both';
  /** `dry-run`: what is found is recorded, and nothing is done about it. Absent = enforce. */
  readonly mode?: 'enforce' | 'dry-run';
  readonly checks: readonly CheckConfig[];
  readonly scope: { readonly team?: string; readonly service?: string; readonly route?: string };
}

export interface CheckConfig {
  readonly type: string;
  readonly action: 'block' | 'redact' | 'flag';
  /** With action redact on input: the answer gets the originals back. */
  readonly reversible?: boolean;
  /** What the failure of a service means. Absent: a check that blocks blocks, another one allows. */
  readonly onError?: 'block' | 'allow';
  readonly [option: string]: unknown;
}
