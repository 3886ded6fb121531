export { INGEST_GROUP, keys } from './keys.js';
