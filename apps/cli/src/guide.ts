import type { Command } from './command.js';
import { EXIT_LINE, spelled, usageOf } from './help.js';

const INTRODUCTION = `# The operator's CLI
<!-- Generated from the commands in apps/cli; \`npx vitest run apps/cli --update\` writes it anew. -->

\`npm run tollgate -- <command>\` speaks to the admin API. After \`npm start\` it finds address and credentials in the data directory (\`credentials.json\`). For another Tollgate, set \`TOLLGATE_ADMIN_URL\`, \`TOLLGATE_CLIENT_ID\` and \`TOLLGATE_CLIENT_SECRET\`. In scripts, \`npm run --silent tollgate -- …\` keeps npm's own lines out.`;

/** docs/guides/cli.md, from the table of commands. */
export function guideOf(commands: readonly Command[]): string {
  return `${[INTRODUCTION, EXIT_LINE, ...commands.map(section)].join('\n\n')}\n`;
}

function section(command: Command): string {
  const options = Object.entries(command.options);
  const rows = options.map(
    ([name, option]) => `| \`${spelled(name, option)}\` | ${option.about.replaceAll('|', '\\|')} |`,
  );
  return [
    `## ${command.name}`,
    command.about,
    ['```', usageOf(command), '```'].join('\n'),
    ...(rows.length > 0 ? [['| option | |', '|---|---|', ...rows].join('\n')] : []),
    ['```', ...command.examples.map((example) => `npm run tollgate -- ${example}`), '```'].join('\n'),
  ].join('\n\n');
}
