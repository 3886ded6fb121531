export { Issuer, type IssuerParts } from './issuer.js';
export { IssuerModule } from './issuer.module.js';
export { mountIssuer } from './mount.js';
export { adminUrlOf, ISSUER_PATH } from './path.js';
