export {
  leadsToPrivateAddress,
  type OutboundRules,
  outboundAgent,
  outboundFetch,
  readAtMost,
  requirePublicHost,
} from './outbound.js';
