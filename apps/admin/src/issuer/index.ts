export { Issuer, type IssuerParts } from './issuer.js';
export { IssuerModule } from './issuer.module.js';
export { ISSUER_PATH, mountIssuer } from './mount.js';
