import { afterAll, beforeAll, expect, it } from 'vitest';
import { type AdminApp, startAdmin } from '../admin/start-admin.js';
import { fuzz } from './fuzz.js';

/** `npm run fuzz` sends 20,000; FUZZ_SEED asks for other ones. */
const requests = Number(process.env['FUZZ_REQUESTS'] ?? 300);
const seed = Number(process.env['FUZZ_SEED'] ?? 1);

let admin: AdminApp;
beforeAll(async () => {
  admin = await startAdmin();
});
afterAll(() => admin.stop());

it('random requests meet no error of ours, learn nothing internal, and store nothing when refused', async () => {
  const report = await fuzz(admin, { requests, seed, onProgress: (line) => console.log(line) });
  console.log(`seed ${seed}: ${requests} requests, ${report.succeeded.length} operations succeeded`, report.statuses);
  expect(report.flaws.join('\n')).toBe('');
  expect(report.statuses['200']).toBeGreaterThan(requests / 20);
}, 3_600_000);
