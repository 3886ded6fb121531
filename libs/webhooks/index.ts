export { type Announced, announce, announceAgain, announceTest } from './announce.js';
export { deliveryBody } from './delivery-body.js';
export { newWebhookSecret } from './secret.js';
export { type SignedHeaders, signedHeaders } from './signature.js';
