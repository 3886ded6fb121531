export { connectRedis, type Patience, type RedisOptions, ready } from './client.js';
export { INGEST_GROUP, keys } from './keys.js';
export { defineScript, type RedisScript, type ScriptDefinition, type ScriptHost } from './script.js';
