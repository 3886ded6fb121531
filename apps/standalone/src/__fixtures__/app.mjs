/** An app for the supervisor's specs. JOURNAL: a file it writes its steps to. BEHAVIOUR: how it lives. */
import { appendFileSync } from 'node:fs';

const { NAME, JOURNAL, BEHAVIOUR } = process.env;
const note = (step) => appendFileSync(JOURNAL, `${NAME} ${step}\n`);

note(`runs ${process.pid}`);
if (BEHAVIOUR === 'cannot start') {
  process.stderr.write(`${NAME}: THE_PORT is wrong\n`);
  process.exit(1);
}
process.on('SIGTERM', () => {
  if (BEHAVIOUR === 'stubborn') return;
  note('stops');
  process.exit(0);
});
process.on('disconnect', () => process.exit(0));
process.send({ type: 'ready' });
if (BEHAVIOUR === 'short-lived') setTimeout(() => process.exit(3), 20);
