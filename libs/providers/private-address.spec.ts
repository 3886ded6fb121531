import { describe, expect, it } from 'vitest';
import { isPrivateAddress } from './index.js';

describe('a private address', () => {
  it.each([
    '127.0.0.1',
    '10.1.2.3',
    '172.31.255.255',
    '192.168.0.1',
    '169.254.169.254',
    '100.64.0.1',
    '0.0.0.0',
    '::1',
    '::',
    'fd00::1',
    'fe80::1',
    '::ffff:127.0.0.1',
    '::ffff:7f00:1',
    '[::ffff:a9fe:a9fe]',
    '[::1]',
    '64:ff9b::7f00:1',
    '2002:7f00:1::',
  ])('is %s', (host) => {
    expect(isPrivateAddress(host)).toBe(true);
  });

  it.each([
    '8.8.8.8',
    '172.32.0.1',
    '2606:4700::1111',
    '[2606:4700::1111]',
    '::ffff:8.8.8.8',
    'localhost',
    'api.example.com',
  ])('is not %s', (host) => {
    expect(isPrivateAddress(host)).toBe(false);
  });
});
