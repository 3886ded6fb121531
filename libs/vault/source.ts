import { awsKmsMasterKey } from './aws-kms.js';
import { masterKeyRing } from './key-ring.js';
import { localMasterKey, type MasterKey } from './master-key.js';

/** Where a master key comes from: its 32 bytes, or the key at AWS KMS that has this ARN. */
export type MasterKeySource = Buffer | { readonly awsKmsArn: string };

/** The master key that a process was given, and during a rotation the next one beside it. */
export interface MasterKeySources {
  readonly masterKey: MasterKeySource;
  readonly masterKeyNext: MasterKeySource | null;
}

/** The master key of a process: unwraps what either key wrapped, wraps with the next one if there is one. */
export function masterKeyFrom({ masterKey, masterKeyNext }: MasterKeySources): MasterKey {
  return masterKeyRing(fromSource(masterKey), masterKeyNext && fromSource(masterKeyNext));
}

function fromSource(source: MasterKeySource): MasterKey {
  return Buffer.isBuffer(source) ? localMasterKey(source) : awsKmsMasterKey(source.awsKmsArn);
}
