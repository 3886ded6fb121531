import { activeChecks, type CheckConfig, find, HoldBack } from '#libs/guardrails';

/**
 * CPU of guardrails: the default input checks (secrets, personal data, prompt injection) one by one and together, on ordinary
 * texts of 2 KB and 100 KB, on texts made to be slow, and per event of a stream. One process, one core. Run alone:
 * `node dist/bench/guardrails.js`.
 */
const REPEATS = 30;

const PROSE =
  'The quarterly report shows that revenue grew by 12.4 percent, mostly through the new subscription plans (see page 17). ' +
  'Please summarize the main points for the board in three short paragraphs, and mention the risks named in section 4.2. ' +
  'Our key customers asked for a public roadmap; the author of the plan ignored some of the previous questions.\n';
const CODE =
  'export async function load(id: string): Promise<User> {\n  const { rows } = await db.query("SELECT * FROM users WHERE id = $1", [id]);\n' +
  '  if (rows.length === 0) throw new NotFound("no user " + id);\n  return toUser(rows[0]); // 2024-03-01\n}\n';
const ordinary = (chars: number): string =>
  Buffer.from((PROSE + CODE).repeat(Math.ceil(chars / (PROSE.length + CODE.length))).slice(0, chars)).toString();

/** Texts that a careless expression would take forever for. */
const HOSTILE: Readonly<Record<string, (chars: number) => string>> = {
  digits: (chars) => '1'.repeat(chars),
  'digit groups': (chars) => '12 '.repeat(chars / 3),
  'at signs': (chars) => 'a@'.repeat(chars / 2),
  'key names': (chars) => 'api_key='.repeat(chars / 8),
  'ignore all': (chars) => 'ignore all '.repeat(chars / 11),
  'jwt beginnings': (chars) => 'eyJ'.repeat(chars / 3),
  'private keys': (chars) => '-----BEGIN PRIVATE KEY-----'.repeat(chars / 27),
  colons: (chars) => 'a:'.repeat(chars / 2),
  dashes: (chars) => '-'.repeat(chars),
  spaces: (chars) => ' '.repeat(chars),
  'base64 runs': (chars) => `${'QUJD'.repeat(1000)} `.repeat(chars / 4001),
  'dashes and apostrophes': (chars) => `ignore the ${"-'".repeat(30)} `.repeat(chars / 72),
  'drawn runs': (chars) => 'k7QzR2mXv9LpT4wY '.repeat(chars / 17),
  manifests: (chars) => 'kind: Secret\ndata:\n  a: b\n'.repeat(chars / 26),
  'password hashes': (chars) => '$2b$12$R9h/cI$krb5asrep$23$'.repeat(chars / 27),
  'zero widths': (chars) => 'i\u200bg'.repeat(chars / 3),
};

const checksOf = (...types: readonly string[]): ReturnType<typeof activeChecks> =>
  activeChecks(
    [
      {
        id: 'g',
        slug: 'g',
        applyTo: 'both',
        scope: {},
        checks: types.map((type): CheckConfig => ({ type, action: 'redact' })),
      },
    ],
    'input',
    { teamPath: [], service: 's', route: null },
  );

/** Microseconds of CPU per run, the least of all repeats: what others do on the machine only adds to it. */
function micros(run: () => void, runs: number): number {
  for (let warm = 0; warm < runs; warm++) run();
  const times = Array.from({ length: REPEATS }, () => {
    const before = process.cpuUsage();
    for (let at = 0; at < runs; at++) run();
    const { user, system } = process.cpuUsage(before);
    return (user + system) / runs;
  });
  return Math.min(...times);
}

const place = { at: 'input', author: 'user', offset: 0 } as const;
const costOf = (text: string, types: readonly string[], runs: number): number => {
  const active = checksOf(...types);
  return micros(() => void find(text, active, place), runs);
};

const DEFAULT = ['secrets', 'pii', 'prompt-injection'];
const cell = (value: number): string => value.toFixed(1).padStart(14);

console.log(`${'µs of CPU'.padEnd(24)}${'2 KB'.padStart(14)}${'100 KB'.padStart(14)}`);
for (const types of [...DEFAULT.map((type) => [type]), DEFAULT]) {
  const name = types.length === 1 ? types.join() : 'together';
  console.log(
    `${name.padEnd(24)}${cell(costOf(ordinary(2_048), types, 200))}${cell(costOf(ordinary(102_400), types, 8))}`,
  );
}

console.log(
  `\n${'hostile texts, µs'.padEnd(24)}${'25 KB'.padStart(14)}${'100 KB'.padStart(14)}${'× (linear: 4)'.padStart(16)}`,
);
for (const [name, text] of Object.entries(HOSTILE)) {
  const [small, large] = [costOf(text(25_600), DEFAULT, 2), costOf(text(102_400), DEFAULT, 1)];
  console.log(`${name.padEnd(24)}${cell(small)}${cell(large)}${(large / small).toFixed(1).padStart(16)}`);
}

const words = ordinary(8_192).match(/\S+\s*/g) ?? [];
const active = checksOf(...DEFAULT);
const perEvent =
  micros(() => {
    const hold = new HoldBack(active, 'output');
    for (const word of words) hold.push(word);
    hold.finish();
  }, 1) / words.length;
console.log(`\nper event of a stream, one word each: ${perEvent.toFixed(1)} µs`);
