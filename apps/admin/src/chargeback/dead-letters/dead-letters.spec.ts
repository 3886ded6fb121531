import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { bury } from '#libs/ledger';
import { keys } from '#libs/redis';
import { type AdminApp, startAdmin } from '../../../../../test/admin/start-admin.js';

const deadLetters = '/organizations/acme/chargeback/dead-letters';
let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
});
afterAll(() => admin?.stop());

describe('dead letters', () => {
  it('200: are shown with their reason, and given to ingest again, once each', async () => {
    const letters = ['1-0', '2-0'].map((entryId) => ({
      ...{ organizationId: acme, entryId, reason: 'unknown version: 9', buriedAtMs: 1_700_000_000_000 },
      event: `{"version":9,"id":"${entryId}"}`,
    }));
    await bury(admin.connections.redis, letters);
    const shown = await admin.call('GET', deadLetters);
    expect(shown.body).toMatchObject({ count: 2, data: [{ reason: 'unknown version: 9' }, {}] });
    const replay = () => admin.call('POST', `${deadLetters}/replay`, {});
    expect((await replay()).body).toEqual({ replayed: 2 });
    expect((await replay()).body).toEqual({ replayed: 0 });
    const entries = await admin.connections.redis.xrange(keys.usage(acme), '-', '+');
    expect(entries.map(([, fields]) => fields[1]).sort()).toEqual(letters.map(({ event }) => event));
    expect((await admin.call('GET', deadLetters)).body).toEqual({ count: 0, data: [] });
  });
});
