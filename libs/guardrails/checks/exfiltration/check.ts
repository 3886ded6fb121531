import type { Finding, LocalCheck } from '../../check.js';
import type { CheckConfig } from '../../guardrail.js';
import { unfinishedToken } from '../../text/tokens.js';

const HOSTS_MAX = 1_000;
const HOST = /^(?:\*\.)?(?:[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?\.)*[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;
const WHAT = ['images', 'links', 'urls'] as const;
type What = (typeof WHAT)[number];

/** Longest text of a link, and longest URL, that are looked at. */
const LABEL_CHARS_MAX = 400;
const URL_CHARS_MAX = 2_000;
const URL_AT =
  /(?:https?|ftp|wss?):\/\/[^\s<>"'`)\]}]{1,2000}|\/\/[a-z0-9.-]{1,200}\.[a-z]{2,24}[^\s<>"'`)\]}]{0,2000}/giy;
const IMAGE_BEFORE = /!\[[^\]]{0,400}\](?:\(\s{0,3}<?|:\s{0,3}<?)$|<img\b[^>]{0,400}src\s{0,3}=\s{0,3}["']?$/i;
const LINK_BEFORE =
  /(?:^|[^!])\[[^\]]{0,400}\](?:\(\s{0,3}<?|:\s{0,3}<?)$|<(?:a|link|iframe|script|form)\b[^>]{0,400}(?:href|src|action)\s{0,3}=\s{0,3}["']?$|<$/i;

/** Ways by which an answer makes a client send something out: images, links and URLs of hosts that are not on the list. */
export const exfiltration: LocalCheck = {
  type: 'exfiltration',
  kind: 'local',
  about: 'Finds images, links and bare URLs that lead to hosts which are not allowed.',
  directions: ['output'],
  options: {
    allowedHosts: `Hosts that may be named, \`*.\` before one for all below it: up to ${HOSTS_MAX}. Default: none.`,
    what: `Which to look for: ${WHAT.join(', ')}. Default: all.`,
  },
  problemWith: ({ allowedHosts, what }) => {
    const hosts = allowedHosts ?? [];
    if (
      !Array.isArray(hosts) ||
      hosts.length > HOSTS_MAX ||
      !hosts.every((host) => typeof host === 'string' && HOST.test(host))
    )
      return `allowedHosts must be up to ${HOSTS_MAX} host names`;
    const known =
      what === undefined || (Array.isArray(what) && what.length > 0 && what.every((each) => WHAT.includes(each)));
    return known ? null : `what must be a list of ${WHAT.join(', ')}`;
  },
  prepare: (config) => {
    const allowed = allowedBy(config);
    const what = new Set((config['what'] as readonly What[] | undefined) ?? WHAT);
    return { inspect: (text) => leavingUrls(text, allowed, what), holdFrom };
  },
};

function allowedBy(config: CheckConfig): (host: string) => boolean {
  const hosts = ((config['allowedHosts'] as readonly string[] | undefined) ?? []).map((host) => host.toLowerCase());
  const exact = new Set(hosts);
  const below = hosts.filter((host) => host.startsWith('*.')).map((host) => host.slice(1));
  return (host) => exact.has(host) || below.some((suffix) => host.endsWith(suffix));
}

function leavingUrls(text: string, allowed: (host: string) => boolean, what: ReadonlySet<What>): readonly Finding[] {
  const findings: Finding[] = [];
  for (let slashes = text.indexOf('//'); slashes >= 0; slashes = text.indexOf('//', slashes + 2)) {
    const start = schemeStart(text, slashes);
    URL_AT.lastIndex = start;
    const url = URL_AT.exec(text)?.[0].replace(/[.,;:!?]+$/, '');
    if (url === undefined) continue;
    const kind = kindOf(text.slice(Math.max(0, start - 2 * LABEL_CHARS_MAX), start));
    if (what.has(kind) && !allowed(hostOf(url)))
      findings.push({ rule: kind.slice(0, -1), start, end: start + url.length, confidence: 1 });
    slashes = Math.max(slashes, start + url.length - 2);
  }
  return findings;
}

function schemeStart(text: string, slashes: number): number {
  const scheme = /(?:https?|ftp|wss?):$/i.exec(text.slice(Math.max(0, slashes - 6), slashes))?.[0].length ?? 0;
  return slashes - scheme;
}

function kindOf(before: string): What {
  if (IMAGE_BEFORE.test(before)) return 'images';
  return LINK_BEFORE.test(before) ? 'links' : 'urls';
}

/** The host as a browser would read it; what it cannot read leads nowhere that is allowed. */
function hostOf(url: string): string {
  const absolute = url.startsWith('//') ? `https:${url}` : url;
  return URL.canParse(absolute) ? new URL(absolute).hostname.toLowerCase() : '';
}

/** The URL that still grows. What stands before it may leave: only the URL is found. */
function holdFrom(text: string): number {
  return unfinishedToken(text, URL_CHARS_MAX + LABEL_CHARS_MAX);
}
