import { isIPv6 } from 'node:net';
import { type Kind, matching } from '../kind.js';

const V4 = /(?<![\w.-])(?:(?:25[0-5]|2[0-4]\d|1?\d?\d)\.){3}(?:25[0-5]|2[0-4]\d|1?\d?\d)(?![\w-]|\.\d)/g;
const V6 = /(?<![\w:.])[0-9A-Fa-f]{0,4}:(?:[0-9A-Fa-f]{0,4}:){1,6}[0-9A-Fa-f]{0,4}(?![\w:])/g;

/** Addresses that say nothing about anybody. */
const NOBODY = /^(?:0\.0\.0\.0|127\.|255\.255\.)|^::1?$/;

export const ip: Kind = {
  name: 'ip',
  about: 'IP addresses, version 4 and 6',
  findIn: (text) => [
    ...matching(text, V4, (match, start) =>
      NOBODY.test(match) || /(?:\bv|version|release|§)\s?$/i.test(text.slice(Math.max(0, start - 10), start)) ? 0 : 0.9,
    ),
    ...(text.includes(':') ? matching(text, V6, (match) => (isIPv6(match) && !NOBODY.test(match) ? 0.9 : 0)) : []),
  ],
};
