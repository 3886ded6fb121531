import type { Claim, Kind } from '../kind.js';

const LOCAL = /[A-Za-z0-9!#$%&'*+/=?^_`{|}~.-]{1,64}$/;
const DOMAIN = /@(?:[A-Za-z0-9](?:[A-Za-z0-9-]{0,61}[A-Za-z0-9])?\.){1,8}[A-Za-z][A-Za-z0-9-]{1,23}/y;

/** An address of RFC 5321 without quotes, with a domain that has a top level. */
export const email: Kind = {
  name: 'email',
  about: 'E-mail addresses',
  findIn: (text) => {
    const claims: Claim[] = [];
    for (let at = text.indexOf('@'); at >= 0; at = text.indexOf('@', at + 1)) {
      DOMAIN.lastIndex = at;
      if (!DOMAIN.test(text)) continue;
      const local = LOCAL.exec(text.slice(Math.max(0, at - 64), at))?.[0].replace(/^[^A-Za-z0-9_]+/, '');
      if (local) claims.push({ start: at - local.length, end: DOMAIN.lastIndex, confidence: 1 });
    }
    return claims;
  },
};
