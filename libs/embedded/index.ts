export { type Embedded, type EmbeddedOptions, startEmbedded } from './embedded.js';
export { EmbeddedError } from './embedded-error.js';
export { freePort } from './free-port.js';
export { type RedisRuntime, redisRuntime } from './redis-runtime.js';
export { secretFile } from './secret-file.js';
