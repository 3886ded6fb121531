export { connectRedis, listen, type Patience, queueConnection, type RedisOptions, ready } from './client.js';
export { INGEST_GROUP, keys, QUEUE_PREFIX } from './keys.js';
export { defineScript, type RedisScript, type ScriptDefinition, type ScriptHost } from './script.js';
