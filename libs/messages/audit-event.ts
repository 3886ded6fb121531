/** A change or decision that someone must answer for, as handed to libs/audit. */
export interface AuditEvent {
  readonly organizationId: string;
  readonly atMs: number;
  /** Who acted: a member, service or the platform operator. */
  readonly actor: {
    readonly kind: 'operator' | 'member' | 'service' | 'system';
    readonly id: string;
    readonly name: string;
  };
  /** `<resource>.<verb>`, e.g. `budget.created`. */
  readonly action: string;
  readonly resource: { readonly kind: string; readonly id: string; readonly slug: string | null };
  /** The change, secrets masked. */
  readonly before: unknown;
  readonly after: unknown;
  readonly from: { readonly ip: string | null; readonly userAgent: string | null; readonly requestId: string | null };
}
