export { Issuer, type IssuerParts } from './issuer.js';
export { IssuerModule, type IssuerModuleOptions } from './issuer.module.js';
export { ISSUER_PATH, mountIssuer } from './mount.js';
