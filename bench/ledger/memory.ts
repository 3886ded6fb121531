import { readFileSync, writeFileSync } from 'node:fs';

/** The most memory that a process has had resident since this was called, MB. Linux: clear_refs 5 resets the mark. */
export function peakOf(pid: number): () => number {
  writeFileSync(`/proc/${pid}/clear_refs`, '5');
  return () => Number(/VmHWM:\s+(\d+) kB/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? Number.NaN) / 1024;
}
