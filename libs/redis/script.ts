import { createHash } from 'node:crypto';
import { readFileSync } from 'node:fs';
import type { Cluster, Redis } from 'ioredis';

/** Where a script can run. On a Cluster all of its keys must lie in one hash slot: see keys.ts. */
export type ScriptHost = Redis | Cluster;

export interface ScriptDefinition<Input, Reply> {
  /**
   * `.lua` files, joined in this order: shared local functions first, the script itself last. Name them by
   * `new URL('./x.lua', import.meta.url)`; the build copies them beside the compiled module.
   */
  readonly files: readonly URL[];
  /** Every key that the script touches. */
  readonly keys: (input: Input) => readonly string[];
  readonly args: (input: Input) => readonly (string | number | Buffer)[];
  /** The reply's strings are bytes: they come as Buffers. */
  readonly binary?: boolean;
  /** The one place where the script's reply gets its type. */
  readonly reply: (raw: unknown, input: Input) => Reply;
}

/** An atomic piece of work inside Redis. */
export type RedisScript<Input, Reply> = (host: ScriptHost, input: Input) => Promise<Reply>;

/**
 * A typed function around a Lua script. The script goes by its digest; a server that does not know it yet (new, restarted
 * or flushed) gets the text once. Throws at definition when a file is missing. The function rejects with ioredis's error.
 */
export function defineScript<Input, Reply>(definition: ScriptDefinition<Input, Reply>): RedisScript<Input, Reply> {
  const text = definition.files.map((file) => readFileSync(file, 'utf8')).join('\n');
  const digest = createHash('sha1').update(text).digest('hex');

  return async (host, input) => {
    const keys = definition.keys(input);
    const rest = [...keys, ...definition.args(input)];
    const run = definition.binary ? binary(host) : host;
    const raw = await run.evalsha(digest, keys.length, ...rest).catch((cause: unknown) => {
      if (isUnknownScript(cause)) return run.eval(text, keys.length, ...rest);
      throw cause;
    });
    return definition.reply(raw, input);
  };
}

type Run = (script: string, keysCount: number, ...rest: (string | number | Buffer)[]) => Promise<unknown>;

/** ioredis has these commands; its types do not. */
function binary(host: ScriptHost): { readonly evalsha: Run; readonly eval: Run } {
  const { evalshaBuffer, evalBuffer } = host as unknown as Readonly<Record<'evalshaBuffer' | 'evalBuffer', Run>>;
  return { evalsha: evalshaBuffer.bind(host), eval: evalBuffer.bind(host) };
}

/** Redis refuses an unknown digest before it runs anything, so that sending the text instead cannot do the work twice. */
function isUnknownScript(cause: unknown): boolean {
  return cause instanceof Error && cause.message.startsWith('NOSCRIPT');
}
