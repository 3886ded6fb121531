import type { Span } from './format.js';
import { entropyOf, isPlaceholder, looksDrawn } from './randomness.js';

/** Words that say of the value beside them that it is a secret. */
const SECRET_WORDS = [
  'secret',
  'token',
  ...[
    'api',
    'access',
    'private',
    'auth',
    'encryption',
    'signing',
    'master',
    'account',
    'client',
    'app',
    'consumer',
    'license',
    'session',
    'hmac',
    'deploy',
    'service',
    'shared',
    'storage',
    'subscription',
    'security',
  ].flatMap((word) => [`${word}key`, `${word}_key`, `${word}-key`, `${word} key`]),
];
const PASSWORD_WORDS = ['passw', 'passphrase', 'pwd', 'passcode'];
/** Vendors whose keys have no mark of their own: only their name beside a value tells. */
const VENDORS =
  'adafruit adobe airtable algolia alibaba amplitude asana atlassian auth0 azure beamer bitbucket bitly bittrex braze chargebee cloudant cloudflare cloudinary clubhouse codacy codecov cohere coinbase confluence confluent contentful coveralls crowdin datadog deepgram deepl deepseek discord docker droneci dropbox elastic etsy facebook fastly finicity finnhub firebase flickr freshbooks github gitlab gitter gocardless google heroku hubspot ibm_cloud infura instagram intercom ionic jenkins jfrog jira kraken kucoin launchdarkly line_channel linkedin linode logdna loggly looker mailchimp mailgun mapbox mattermost maxmind meraki messagebird mistral mixpanel mongodb netlify newrelic new_relic new-relic notion nytimes okta openweather opsgenie pagerduty papertrail paypal pinecone plaid privateai private_ai pusher quickbooks rapidapi redis rollbar salesforce segment sendbird sendgrid sentry sendinblue shippo shodan shopify sidekiq contribsys slack snowflake snyk softlayer sonar spotify square squarespace stripe sumo supabase telegr terraform together trello travis twilio twitch twitter typeform unsplash vercel virustotal wakatime weather webflow wordpress yandex yelp zapier zendesk zoho zoom'.split(
    ' ',
  );

export type Named = { readonly word: string; readonly kind: 'secret' | 'password' | 'vendor' };

/** Every word that may announce a value, in lower case, three characters or more. */
export const ANNOUNCERS: readonly Named[] = [
  ...SECRET_WORDS.map((word) => ({ word, kind: 'secret' as const })),
  ...PASSWORD_WORDS.map((word) => ({ word, kind: 'password' as const })),
  ...VENDORS.map((word) => ({ word, kind: 'vendor' as const })),
];

/** From the announcing word over the rest of the name to the value: `_token = "`, `Key': '`, `" value="`. */
const ASSIGNMENT =
  /[\w.\- \]]{0,40}?(?:\\?["'`]|\])?(?:\s{0,3}(?:=>|:=|::?|={1,3}|\|\||\?=|,|->)|\s+(?:is|value)\s*[:=]?)\s{0,3}(\\?["'`])?(?=[^\s"'`])/y;
const TOKEN_VALUE = /[\w.~+/=:|%-]{8,200}/y;
const UUID = /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;
/** Of what looks drawn only in pieces, the longest piece must be this long: names of files and of classes have short ones. */
const PIECE_CHARS_MIN = 10;
const QUOTED_VALUE = { '"': /[^"\s\\]{6,200}/y, "'": /[^'\s\\]{6,200}/y, '`': /[^`\s\\]{6,200}/y } as const;
const BARE_PASSWORD = /[^\s"'`,;)<>]{6,100}/y;

/**
 * The value that a name announces, as in `api_key = "…"`, when the value looks like one: drawn by a machine, or for passwords,
 * at least not a word, a call or a reference.
 */
export function announcedValue(text: string, at: number, { word, kind }: Named): Span | null {
  if (!standsAlone(text, at, kind)) return null;
  ASSIGNMENT.lastIndex = at + word.length;
  const assignment = ASSIGNMENT.exec(text);
  if (!assignment) return null;
  const from = ASSIGNMENT.lastIndex;
  const quote = assignment[1]?.at(-1) as keyof typeof QUOTED_VALUE | undefined;
  const value = kind === 'password' ? passwordAt(text, from, quote) : tokenAt(text, from, kind);
  return value === null ? null : { start: from, end: from + value.length };
}

const NOT_SECRET =
  /(?:public|csrf|xsrf|publish(?:able)?|page|next|continuation|partition|schema|primary|foreign)[\w.-]?$/i;

/** Not in the middle of another word, and not a name that says the value is for everyone. A name in camel case is made of words. */
function standsAlone(text: string, at: number, kind: Named['kind']): boolean {
  if (kind === 'vendor' && /[A-Za-z]/.test(text[at - 1] ?? ' ') && !/[a-z][A-Z]/.test(text.slice(at - 1, at + 1)))
    return false;
  return !NOT_SECRET.test(text.slice(Math.max(0, at - 16), at));
}

function tokenAt(text: string, from: number, kind: Named['kind']): string | null {
  TOKEN_VALUE.lastIndex = from;
  const value = TOKEN_VALUE.exec(text)?.[0].replace(/[.:]+$/, '');
  if (value === undefined || value.length < (kind === 'vendor' ? 16 : 10) || isPlaceholder(value)) return null;
  if (UUID.test(value)) return value;
  if (!value.split(/[._:/|%-]/).some((piece) => piece.length >= PIECE_CHARS_MIN && /\d/.test(piece))) return null;
  if (/^https?:|^\d+(?:[.:-]\d+)*$|^v?\d+\.\d+/.test(value)) return null;
  return looksDrawn(value) ? value : null;
}

function passwordAt(text: string, from: number, quote: keyof typeof QUOTED_VALUE | undefined): string | null {
  const pattern = quote ? QUOTED_VALUE[quote] : BARE_PASSWORD;
  pattern.lastIndex = from;
  const value = pattern.exec(text)?.[0];
  if (value === undefined || isPlaceholder(value) || REFERENCE.test(value)) return null;
  if (quote && text[from + value.length] !== quote && text[from + value.length] !== '\\') return null;
  const classes = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((each) => each.test(value)).length;
  return classes >= 2 && /\d|[!@#%^&*?~]/.test(value) && entropyOf(value) >= 2 ? value : null;
}

/** A value that stands for another one: a variable, a call, a path, a type, a template. */
const REFERENCE =
  /^[$%{<&]|[({[]|^(?:process|os|env|self|this|config|settings|args|req|request|ctx|data|null|none|true|false|string|str|undefined)\b|^[A-Za-z_]+(?:\.[A-Za-z_]+)+$|^\/|^https?:/i;
