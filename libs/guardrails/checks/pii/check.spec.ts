import { describe, expect, it } from 'vitest';
import { rulesIn } from '../rules-in.fixture.js';

const pii = (text: string, options = {}) => rulesIn(text, { type: 'pii', action: 'flag', ...options });

describe('personal data', () => {
  it.each([
    ['email', 'write to ada.lovelace+x@mail.example.co.uk, please'],
    ['phone', 'my line is +49 30 901820'],
    ['phone', 'reach me at (212) 555-2368'.replace('555-2368', '736-5000')],
    ['phone', 'Telefon: 030 901820'],
    ['card', 'pay with 4111 1111 1111 1111 today'],
    ['card', '378282246310005'],
    ['iban', 'to DE89 3704 0044 0532 0130 00, thanks'],
    ['iban', 'GB82WEST12345698765432'],
    ['us-ssn', 'SSN 536-90-4399'],
    ['uk-nino', 'NI number AB 12 34 56 C'],
    ['de-tax-id', 'Steuer-ID 86 095 742 719'],
    ['fr-insee', '1 84 12 76 451 089 46'],
    ['es-dni', 'DNI 12345678Z'],
    ['es-dni', 'NIE X1234567L'],
    ['it-fiscal-code', 'RSSMRA85T10A562S'],
    ['nl-bsn', 'BSN: 111222333'],
    ['pl-pesel', '44051401359'],
    ['in-aadhaar', '2341 2341 2346'],
    ['br-cpf', 'CPF 529.982.247-25'],
    ['ip', 'from 203.0.113.7'],
    ['ip', 'from 2001:db8::8a2e:370:7334'],
    ['crypto-wallet', '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNa'],
    ['crypto-wallet', 'bc1qar0srrr7xfkvy5l643lydnw9re59gtzzwf5mdq'],
    ['crypto-wallet', '0x52908400098527886E0F7030069857D2E4169EE7'],
    ['birth-date', 'born on 12 March 1985'],
    ['birth-date', 'DOB: 1985-03-12'],
  ])('finds %s in: %s', (rule, text) => expect(pii(text)).toContain(rule));

  it.each([
    'card 4111 1111 1111 1112',
    'DE89 3704 0044 0532 0130 01',
    'DNI 12345678A',
    'RSSMRA85T10A562T',
    '1A1zP1eP5QGefi2DMPTfTL5SLmv7DivfNb',
    '000-12-3456 and 666-12-3456',
    'order 111222333',
    'released on 12 March 1985',
    'version 1.2.3.4 and 127.0.0.1',
    'at 2024-01-15 10:30:00 the job 1700000000123 ran for 3.14159265358979 s',
    'npm i @scope/name@1.2.3',
    'pi is 3.14159265358979323846',
    '0x1234abcd and a sum of $1,234,567,890.00',
  ])('finds nothing in: %s', (text) => expect(pii(text)).toEqual([]));

  it('looks only for the kinds that are selected', () => {
    expect(pii('a@b.example 4111111111111111', { kinds: ['card'] })).toEqual(['card']);
  });
  it('finds names of the list as whole words in any case and spacing', () => {
    const names = ['Ada Lovelace', 'Li'];
    expect(pii('Then ADA\nlovelace met li.', { names })).toEqual(['name', 'name']);
    expect(pii('Lines of adaptation', { names })).toEqual([]);
  });
});
