/** Where a command speaks to a person or a program. Results go to print, everything else to warn. */
export interface Terminal {
  /** A result: standard output. */
  print(text: string): void;
  /** An error or a remark: standard error. */
  warn(text: string): void;
  /** Asks a yes-or-no question; null where nobody can answer. */
  confirm(question: string): Promise<boolean | null>;
}

const SILENT_MS = 1_000;

/** Waits for `work`, and says what is being waited for once it takes over a second. */
export async function withProgress<T>(terminal: Terminal, what: string, work: Promise<T>): Promise<T> {
  const timer = setTimeout(() => terminal.warn(`${what} …`), SILENT_MS);
  try {
    return await work;
  } finally {
    clearTimeout(timer);
  }
}
