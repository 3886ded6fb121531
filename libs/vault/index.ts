export { SealBroken } from './aes-gcm.js';
export { newDataKey, open, openDataKey, seal } from './envelope.js';
export { localMasterKey, type MasterKey, WrongMasterKey } from './master-key.js';
