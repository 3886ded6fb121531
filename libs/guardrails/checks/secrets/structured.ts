import { beginsWord } from '../../text/tokens.js';
import type { Format } from './format.js';
import { isPlaceholder } from './randomness.js';

/** Longest private key in characters that is told as one. */
const KEY_CHARS_MAX = 16_384;
/** Base64 of the smallest real key. What is shorter is a sample. */
const KEY_BODY_CHARS_MIN = 60;
const HEADER = /-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----/y;
const FOOTER = /-----END[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----/g;

/** A private key from its first line to its last, or to the end of the text when the last has not come. */
export const privateKey: Format = {
  rule: 'private-key',
  anchors: ['BEGIN'],
  matchAt: (text, at) => {
    const start = at - 5;
    if (start < 0) return null;
    HEADER.lastIndex = start;
    if (!HEADER.test(text)) return null;
    const rest = text.slice(HEADER.lastIndex, HEADER.lastIndex + KEY_CHARS_MAX);
    FOOTER.lastIndex = 0;
    const footer = FOOTER.exec(rest);
    if (footer && rest.slice(0, footer.index).replace(/[^A-Za-z0-9+/=]/g, '').length < KEY_BODY_CHARS_MIN) return null;
    return { start, end: HEADER.lastIndex + (footer ? FOOTER.lastIndex : rest.length) };
  },
};

const PUTTY =
  /PuTTY-User-Key-File-\d: [\s\S]{0,4000}?Private-Lines: \d{1,3}[\s\S]{0,8000}?Private-MAC: [0-9a-f]{40,64}/y;

/** A key file of PuTTY, whole. */
export const puttyKey: Format = {
  rule: 'private-key',
  anchors: ['PuTTY-User-Key-File-'],
  matchAt: (text, at) => {
    PUTTY.lastIndex = at;
    return PUTTY.test(text) ? { start: at, end: PUTTY.lastIndex } : null;
  },
};

const JWT =
  /eyJ[A-Za-z0-9_-]{8,2000}\.(eyJ[A-Za-z0-9_-]{4,6000}|[A-Za-z0-9_-]{0,6000}\.[A-Za-z0-9_-]{0,6000}\.[A-Za-z0-9_-]{1,6000})(?:\.[A-Za-z0-9_-]{0,2000})?/y;

/** A JSON Web Token (RFC 7519) or its encrypted form: its header must be JSON that names an algorithm. */
export const jsonWebToken: Format = {
  rule: 'jwt',
  anchors: ['eyJ'],
  matchAt: (text, at) => {
    if (/[A-Za-z0-9]/.test(text[at - 1] ?? ' ') && !beginsWord(text, at)) return null;
    JWT.lastIndex = at;
    const match = JWT.exec(text);
    return match && namesAlgorithm(match[0].slice(0, match[0].indexOf('.'))) ? { start: at, end: JWT.lastIndex } : null;
  },
};

function namesAlgorithm(header: string): boolean {
  try {
    return 'alg' in (JSON.parse(Buffer.from(header, 'base64url').toString('utf8')) as object);
  } catch {
    return false;
  }
}

const SCHEME = /[A-Za-z][A-Za-z0-9+.-]{1,24}$/;
const CREDENTIALS = /:\/\/([^\s:@/?#"'`<>\\]{0,100}):([^\s@/"'`<>\\]{1,200})@[A-Za-z0-9[\]._$%{}-]{1,200}/y;
const TEMPLATE = /^(?:\$|%[A-Za-z]|\{|<|\*+$|x+$|:$|\.+$)|\$\{|\{\{|^\[/i;

/** A user and a password inside a URL (RFC 3986 §3.2.1): of a database, a broker, a proxy, a repository. */
export const credentialsInUrl: Format = {
  rule: 'connection-string',
  anchors: ['://'],
  matchAt: (text, at) => {
    const scheme = SCHEME.exec(text.slice(Math.max(0, at - 26), at));
    if (!scheme) return null;
    CREDENTIALS.lastIndex = at;
    const match = CREDENTIALS.exec(text);
    if (!match || TEMPLATE.test(match[2] ?? '')) return null;
    return { start: at - scheme[0].length, end: CREDENTIALS.lastIndex };
  },
};

const BEARER = /[Bb]earer[ \t]{1,3}([\w.~+/=-]{16,2000})/y;
const BASIC = /[Bb]asic[ \t]{1,3}([A-Za-z0-9+/]{8,400}={0,2})(?![A-Za-z0-9+/=])/y;

/** What an Authorization header carries (RFC 6750, RFC 7617). */
export const authorization: Format = {
  rule: 'authorization-header',
  anchors: ['earer', 'asic '],
  matchAt: (text, at) => {
    const start = at - 1;
    if (start < 0) return null;
    BEARER.lastIndex = start;
    const bearer = BEARER.exec(text)?.[1];
    if (bearer !== undefined)
      return /\d/.test(bearer) && !isPlaceholder(bearer)
        ? { start: BEARER.lastIndex - bearer.length, end: BEARER.lastIndex }
        : null;
    BASIC.lastIndex = start;
    const basic = BASIC.exec(text)?.[1];
    if (basic === undefined || !/^[\x20-\x7e]+:[\x20-\x7e]+$/.test(Buffer.from(basic, 'base64').toString('latin1')))
      return null;
    return { start: BASIC.lastIndex - basic.length, end: BASIC.lastIndex };
  },
};

const CURL_USER = /(?:-u|--user)[ =]["']?((?!user(?:name)?:|test:|\[|x+:)[^\s"':$<]{0,60}:[^\s"'$<{[]{3,100})/y;

/** The user and password on a command line of curl. */
export const curlUser: Format = {
  rule: 'curl-user',
  anchors: ['-u ', '--user '],
  matchAt: (text, at) => {
    CURL_USER.lastIndex = at;
    const user = CURL_USER.exec(text)?.[1];
    if (user === undefined || !text.slice(Math.max(0, at - 300), at).includes('curl')) return null;
    return { start: CURL_USER.lastIndex - user.length, end: CURL_USER.lastIndex };
  },
};

export const STRUCTURED: readonly Format[] = [
  privateKey,
  puttyKey,
  jsonWebToken,
  credentialsInUrl,
  authorization,
  curlUser,
];
