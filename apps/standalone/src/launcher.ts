import { readFileSync } from 'node:fs';

const POLL_MS = 1000;

/**
 * Calls back when the npm that started us is gone: killed with -9 it takes neither its shell nor us along. `npm start`
 * puts a shell between itself and us, so the shell's parent is watched too where it can be found. Without npm nothing is
 * watched: `node … &` from a shell that ends is a way to run us.
 */
export function watchLauncher(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return;
  const shell = process.ppid;
  const npm = parentOf(shell);
  const timer = setInterval(() => {
    if (process.ppid === shell && parentOf(shell) === npm) return;
    clearInterval(timer);
    onGone();
  }, POLL_MS);
  timer.unref();
}

/** Parent of another process; null where the system does not say. */
function parentOf(pid: number): number | null {
  try {
    // The name in parentheses may contain spaces; the fields after it are state and parent.
    const [, parent] = readFileSync(`/proc/${pid}/stat`, 'utf8')
      .replace(/^.*\) /s, '')
      .split(' ');
    return Number(parent);
  } catch {
    return null;
  }
}
