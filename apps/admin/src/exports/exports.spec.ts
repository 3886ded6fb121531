import { mkdir, writeFile } from 'node:fs/promises';
import { dirname } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { exportPath } from '#libs/ledger';
import { type AdminApp, startAdmin } from '../../../../test/admin/start-admin.js';

const exports = '/organizations/acme/exports';
const BODY = { kind: 'requests', format: 'csv', from: '2026-10-01', to: '2026-11-01' };
let admin: AdminApp;
let acme: string;

beforeAll(async () => {
  admin = await startAdmin();
  acme = (await admin.call('POST', '/organizations', { slug: 'acme', name: 'Acme' })).body.id;
});
afterAll(() => admin?.stop());

const prisma = () => admin.connections.database.prisma;

/** An order as the worker leaves it, with its file. */
async function finished(text: string, expiresAt: Date): Promise<string> {
  const { id } = await prisma().export.create({
    data: {
      ...{
        id: crypto.randomUUID(),
        organizationId: acme,
        kind: 'usage',
        format: 'jsonl',
        status: 'done',
        progress: 1000,
      },
      ...{ from: new Date(0), to: new Date(1), rows: 1, bytes: Buffer.byteLength(text), expiresAt },
    },
  });
  const path = exportPath(admin.connections.config.dataDir, id);
  await mkdir(dirname(path), { recursive: true });
  await writeFile(path, text);
  return id;
}

describe('exports', () => {
  it('201: are ordered, and say how far they are; there is no file before the worker wrote it', async () => {
    const order = await admin.call('POST', exports, BODY);
    expect(order.status, order.text).toBe(201);
    expect(order.body).toMatchObject({ ...BODY, from: '2026-10-01T00:00:00.000Z', to: expect.any(String) });
    expect(order.body).toMatchObject({ status: 'waiting', progress: 0, download: null });
    expect((await admin.call('GET', `${exports}/${order.body.id}`)).body).toEqual(order.body);
    expect((await admin.call('GET', `${exports}/${order.body.id}/download`)).status).toBe(409);
    const [event] = await prisma().auditEvent.findMany({ where: { organizationId: acme, action: 'export.created' } });
    expect(event).toMatchObject({ after: { kind: 'requests' } });
  }, 20_000);

  it('200: the file comes under a name of its own, until its time is over', async () => {
    const id = await finished('{"é":1}\n', new Date(Date.now() + 60_000));
    const { body } = await admin.call('GET', `${exports}/${id}`);
    expect(body).toMatchObject({ status: 'done', progress: 100, download: `/api/v1${exports}/${id}/download` });
    const file = await admin.call('GET', `${exports}/${id}/download`);
    expect([file.status, file.text]).toEqual([200, '{"é":1}\n']);
    expect(file.headers.get('content-type')).toBe('application/jsonl');
    expect(file.headers.get('content-disposition')).toContain(`usage-1970-01-01-${id}.jsonl`);
    const over = await finished('x', new Date(Date.now() - 1));
    expect((await admin.call('GET', `${exports}/${over}/download`)).status).toBe(404);
  });

  it.each([
    ['kind', { ...BODY, kind: 'secrets' }],
    ['format', { ...BODY, format: 'xls' }],
    ['to', { ...BODY, to: undefined }],
    ['from', { ...BODY, from: '2026-11-01' }],
  ])('400: names the field that is wrong: %s', async (field, body) => {
    const answer = await admin.call('POST', exports, body);
    expect(answer.status).toBe(400);
    expect(answer.body.errors).toEqual(expect.arrayContaining([expect.objectContaining({ field })]));
  });

  it('404: no export of another organization, and no file by any other name', async () => {
    await admin.call('POST', '/organizations', { slug: 'other', name: 'Other' });
    const id = await finished('x', new Date(Date.now() + 60_000));
    expect((await admin.call('GET', `/organizations/other/exports/${id}/download`)).status).toBe(404);
    expect((await admin.call('GET', `${exports}/..%2Fcredentials.json/download`)).status).toBe(404);
  });
});
