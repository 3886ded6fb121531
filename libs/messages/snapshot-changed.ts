/** Published on Redis when the admin app has written a new snapshot. Lost messages are made up for by polling versions. */
export interface SnapshotChanged {
  readonly organizationId: string;
  readonly version: number;
}
