import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const METRIC = /tollgate_[a-z_]+[a-z]/g;

const namesIn = (text: string): ReadonlySet<string> => new Set(text.match(METRIC));

const sources = ['apps', 'libs']
  .flatMap((folder) => readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((file) => join(folder, file)))
  .filter((file) => file.endsWith('.ts') && !file.endsWith('.spec.ts'));

const exposed = new Set(
  sources.flatMap((file) =>
    [...readFileSync(file, 'utf8').matchAll(/name: '(tollgate_[a-z_]+)'/g)].map(([, name]) => name as string),
  ),
);

/** What Prometheus makes of a histogram. */
const series = (name: string): string => name.replace(/_(?:bucket|sum|count)$/, '');

it('the guide to telemetry lists every metric, and no other', () => {
  expect([...namesIn(readFileSync('docs/guides/telemetry.md', 'utf8'))].sort()).toEqual([...exposed].sort());
});

it.each(['deploy/prometheus/alerts.yml', 'deploy/grafana/tollgate.json'])(
  '%s asks only for metrics that exist',
  (file) => {
    const asked = [...namesIn(readFileSync(file, 'utf8'))].map(series);
    expect(asked.length).toBeGreaterThan(2);
    expect(asked.filter((name) => !exposed.has(name))).toEqual([]);
  },
);
