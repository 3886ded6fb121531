/** A column that holds secrets sealed by the data key of the row's organization, each bound to the id of its row. */
export interface SealedColumn {
  readonly table: string;
  readonly column: string;
}

/** All of them: a renewal of the data key must seal them anew. A spec holds the list against the database. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  { table: 'provider_credentials', column: 'sealed_secret' },
  { table: 'identity_providers', column: 'sealed_client_secret' },
  { table: 'webhooks', column: 'sealed_secret' },
  { table: 'webhooks', column: 'sealed_previous_secret' },
];
