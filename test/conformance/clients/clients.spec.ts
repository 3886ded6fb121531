import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Harness } from '../../../apps/gateway/test/harness.js';
import { type CapabilityId, capabilities } from './capabilities.js';
import { clients } from './clients.js';
import { exceptionOf } from './exceptions.js';
import { type Cell, renderTable } from './table.js';
import { PROVIDERS, type ProviderId, startGateway, startTrial } from './trial.js';

let harness: Harness;
beforeAll(async () => {
  harness = await startGateway();
});
afterAll(() => harness?.[Symbol.asyncDispose]());

const cells: Cell[] = [];

describe.each(clients)('$name', (client) => {
  describe.each(Object.keys(PROVIDERS) as ProviderId[])('with %s', (provider) => {
    for (const id of Object.keys(capabilities) as CapabilityId[])
      for (const delivery of ['whole', 'streamed'] as const) {
        const exception = exceptionOf(client.name, provider, id, delivery);
        const cell: Cell = { client: client.name, provider, capability: id, exception, worked: false };
        cells.push(cell);
        (exception ? it.fails : it)(`${capabilities[id].title}, ${delivery}`, async () => {
          await capabilities[id].prove(await startTrial(harness, client, provider, delivery === 'streamed'));
          cell.worked = true;
        });
      }
  });
});

it('the table in the docs is what came out', async () => {
  await expect(renderTable(clients, cells)).toMatchFileSnapshot('../../../docs/guides/clients.md');
});
