export { SealBroken } from './aes-gcm.js';
export { awsKmsMasterKey } from './aws-kms.js';
export { newDataKey, open, openDataKey, seal } from './envelope.js';
export { masterKeyRing } from './key-ring.js';
export { localMasterKey, type MasterKey, WrongMasterKey } from './master-key.js';
export { type MasterKeySource, type MasterKeySources, masterKeyFrom } from './source.js';
