import { beginsWord } from '../../text/tokens.js';
import type { Format } from './format.js';
import { isPlaceholder } from './randomness.js';

/** How far back a field's neighbours are looked for: as far as a stream keeps in sight. */
const CONTEXT_CHARS = 64;
/** Longest private key in characters that is told as one. */
const KEY_CHARS_MAX = 16_384;
/** Base64 of the smallest real key. What is shorter is a sample. */
const KEY_BODY_CHARS_MIN = 60;
const HEADER = /-----BEGIN[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----/y;
const FOOTER = /-----END[ A-Z0-9_-]{0,60}PRIVATE KEY(?: BLOCK)?-----/g;

/** What follows a first line: base64, fields of an armor, dots of a sample; or nothing yet. Line breaks may be escaped. */
const BODY =
  /^(?:\s|\\+[nr]|["'`+,]\s){0,40}(?:[A-Za-z0-9+/=]{16}|[A-Za-z0-9+/=]{0,15}(?:$|[\s\\])|[A-Z][\w-]{2,30}:|\.)|^(?:\s|\\+[nr]?){0,8}$/;
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
    if (!BODY.test(rest)) return null;
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
const CREDENTIALS = /:\/\/([^\s:/?#"'`<>\\]{0,100}):([^\s/"'`<>\\]{1,200})@[A-Za-z0-9[\]._$%{}-]{1,200}/y;
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

/** Longest command line in characters between its name and its user. */
const COMMAND_CHARS_MAX = 300;
const CURL_USER = /(?:-u|--user)[ =]["']?((?!user(?:name)?:|test:|\[|x+:)[^\s"':$<]{0,60}:[^\s"'$<{[]{3,100})/y;

/** The user and password on a command line of curl. */
export const curlUser: Format = {
  rule: 'curl-user',
  anchors: ['-u ', '--user '],
  matchAt: (text, at) => {
    CURL_USER.lastIndex = at;
    const user = CURL_USER.exec(text)?.[1];
    if (user === undefined || !text.slice(Math.max(0, at - COMMAND_CHARS_MAX), at).includes('curl ')) return null;
    return { start: CURL_USER.lastIndex - user.length, end: CURL_USER.lastIndex };
  },
};

const HASH =
  /\$(?:1|apr1)\$[./\w]{1,8}\$[./\w]{22}|\$2[abxy]\$\d\d\$[./\w]{53}|\$5(?:\$rounds=\d{1,9})?\$[./\w]{1,16}\$[./\w]{43}|\$6(?:\$rounds=\d{1,9})?\$[./\w]{1,16}\$[./\w]{86}|\$[89]\$[./\w]{8,16}\$[./\w]{43}|\$y\$[./\w]{1,8}\$[./\w]{1,86}\$[./\w]{43}|\$argon2(?:id?|d)\$v=\d{1,3}\$m=\d{1,9},t=\d{1,4},p=\d{1,4}\$[\w+/]{8,64}\$[\w+/]{16,128}|\$krb5(?:asrep|tgs)\$\d\d\$[^\s$]{0,200}\$(?:[^\s$]{1,80}\$)?[0-9a-fA-F$]{64,8000}/y;

/** What is kept of a password (crypt(5)) or came back for one (Kerberos): it can be guessed at leisure. */
export const passwordHash: Format = {
  rule: 'password-hash',
  anchors: ['$1$', '$apr1$', '$2a$', '$2b$', '$2x$', '$2y$', '$5$', '$6$', '$8$', '$9$', '$y$', '$argon2', '$krb5'],
  matchAt: (text, at) => {
    HASH.lastIndex = at;
    return HASH.test(text) ? { start: at, end: HASH.lastIndex } : null;
  },
};

const ENCODED_KEY = /LS0tLS1CRUdJTi[A-Za-z0-9+/]{100,20000}={0,2}/y;

/** A private key's file once more in base64, as configuration carries it. */
export const encodedKey: Format = {
  rule: 'private-key',
  anchors: ['LS0tLS1CRUdJTi'],
  matchAt: (text, at) => {
    ENCODED_KEY.lastIndex = at;
    const match = ENCODED_KEY.exec(text);
    const header = Buffer.from(match?.[0].slice(0, 80) ?? '', 'base64').toString('latin1');
    return header.includes('PRIVATE KEY') ? { start: at, end: ENCODED_KEY.lastIndex } : null;
  },
};

const LOGIN =
  /(?:machine|default)\s{1,4}(?:[\w.:-]{1,200}\s{1,8})?login\s{1,4}\S{1,200}\s{1,8}password\s{1,4}(\S{3,200})/y;

/** An entry of a .netrc file. */
export const netrc: Format = {
  rule: 'netrc',
  anchors: ['machine ', 'default login'],
  matchAt: (text, at) => {
    LOGIN.lastIndex = at;
    const password = LOGIN.exec(text)?.[1];
    if (password === undefined || isPlaceholder(password)) return null;
    return { start: LOGIN.lastIndex - password.length, end: LOGIN.lastIndex };
  },
};

const PASSWORD_FIELD = /(?:password|pwd)\s?=\s?([^;"'\s${<#*]{3,100});/iy;
const OTHER_FIELDS =
  /(?:user ?id|uid|user|username|server|host|data source|database|initial catalog|driver|provider)\s?=[^;]{1,100};/i;

const NEXT_FIELD =
  /^(?:user|uid|server|host|data|db|initial|port|encrypt|ssl|persist|integrated|trusted|connect|pooling|multiple|provider|driver|timeout)/i;

/** The password in a connection string of ODBC, ADO or JDBC: fields with semicolons between. */
export const odbcPassword: Format = {
  rule: 'connection-string',
  anchors: ['Password=', 'password=', 'PASSWORD=', 'Pwd=', 'pwd=', 'PWD=', 'Password ='],
  matchAt: (text, at) => {
    PASSWORD_FIELD.lastIndex = at;
    const password = PASSWORD_FIELD.exec(text)?.[1];
    if (password === undefined || isPlaceholder(password)) return null;
    const before = text.slice(Math.max(0, at - CONTEXT_CHARS), at);
    if (
      !OTHER_FIELDS.test(before) &&
      !NEXT_FIELD.test(text.slice(PASSWORD_FIELD.lastIndex, PASSWORD_FIELD.lastIndex + 24))
    )
      return null;
    return { start: PASSWORD_FIELD.lastIndex - 1 - password.length, end: PASSWORD_FIELD.lastIndex - 1 };
  },
};

/** Longest manifest in characters. */
const MANIFEST_CHARS_MAX = 4_000;
const MANIFEST =
  /kind["']?: ?["']?[Ss]ecret["']?(?=[\s,])[\s\S]{0,1500}?\n[ \t]*["']?(?:data|stringData)["']?:[ \t]*\{?[ \t]*\n((?:[ \t]+[^\n:]{1,100}:[^\n]{0,2000}(?:\n|$)){1,40})/y;
const ENCODED = /: {0,4}["']?[A-Za-z0-9+/]{8,}={0,2}["']?,?\s*$/m;

/** The data of a Kubernetes secret: values in base64, whatever their names. */
export const kubernetesSecret: Format = {
  rule: 'kubernetes-secret',
  anchors: ['kind: Secret', 'kind: "Secret', "kind: 'Secret", 'kind": "Secret', 'kind: secret'],
  matchAt: (text, at) => {
    MANIFEST.lastIndex = at;
    const data = MANIFEST.exec(text.slice(0, at + MANIFEST_CHARS_MAX))?.[1];
    if (data === undefined || !ENCODED.test(data)) return null;
    return { start: MANIFEST.lastIndex - data.length, end: MANIFEST.lastIndex };
  },
};

/** Beginnings of what must be seen whole, as it has spaces and line breaks before the secret: how they may go on, and how far. */
const BEGUN: readonly { readonly sign: string; readonly goesOn: RegExp; readonly charsMax: number }[] = [
  { sign: 'kind: Secret', goesOn: /^(?![\s\S]*\n---)/, charsMax: MANIFEST_CHARS_MAX },
  { sign: 'kind": "Secret', goesOn: /^/, charsMax: MANIFEST_CHARS_MAX },
  { sign: 'kind', goesOn: /^kind["']?:? ?["']?(?:S|Se|Sec|Secr|Secre)?$/, charsMax: 16 },
  {
    sign: 'machine ',
    goesOn: /^machine\s{1,4}(?:\S*|\S+\s{1,8}(?:l|lo|log|logi|login|login\s[\s\S]*)?)$/,
    charsMax: 300,
  },
  { sign: 'curl ', goesOn: /^(?:[^\n]|\\\n)*$/, charsMax: COMMAND_CHARS_MAX },
];

/** Where something begins that may yet turn out to hold a secret, or the length of the text. */
export function begunAt(text: string): number {
  let least = text.length;
  for (const { sign, goesOn, charsMax } of BEGUN) {
    const at = text.lastIndexOf(sign);
    if (at >= 0 && text.length - at < charsMax && goesOn.test(text.slice(at))) least = Math.min(least, at);
  }
  return least;
}

const DOCKER_AUTH = /"auth"\s{0,3}:\s{0,3}"([A-Za-z0-9+/]{8,2000}={0,2})"/y;

/** The credentials of a registry in Docker's configuration: a user and a password in base64. */
export const dockerAuth: Format = {
  rule: 'docker-auth',
  anchors: ['"auth"'],
  matchAt: (text, at) => {
    DOCKER_AUTH.lastIndex = at;
    const auth = DOCKER_AUTH.exec(text)?.[1];
    if (auth === undefined || !/^[\x20-\x7e]+:[\x20-\x7e]{3,}$/.test(Buffer.from(auth, 'base64').toString('latin1')))
      return null;
    return { start: DOCKER_AUTH.lastIndex - 1 - auth.length, end: DOCKER_AUTH.lastIndex - 1 };
  },
};

export const STRUCTURED: readonly Format[] = [
  privateKey,
  puttyKey,
  jsonWebToken,
  credentialsInUrl,
  authorization,
  curlUser,
  passwordHash,
  encodedKey,
  netrc,
  odbcPassword,
  dockerAuth,
  kubernetesSecret,
];
