/** A JSON schema of an object, strict as OpenAI wants it: closed, every property required. */
export interface ObjectSchema {
  readonly type: 'object';
  readonly properties: Readonly<Record<string, { readonly type: 'string' | 'integer' }>>;
  readonly required: readonly string[];
  readonly additionalProperties: false;
}

export interface Tool {
  readonly name: string;
  readonly description: string;
  readonly parameters: ObjectSchema;
  readonly run: (args: unknown) => string;
}

/** What a test wants of a client. Each client says it the way its own documentation teaches. */
export interface Ask {
  readonly model: string;
  readonly streamed: boolean;
  readonly prompt: string;
  /** `data:` or `https:` URLs. */
  readonly images?: readonly string[];
  /** To be run by the client, as often as the model calls them, until it gives its answer. */
  readonly tools?: readonly Tool[];
  /** The answer must be of this form, strictly. */
  readonly schema?: ObjectSchema;
  /** Let the model think, and show what it thought. */
  readonly thinking?: boolean;
}

/** What the client made of the answer, over all turns. */
export interface Answer {
  /** Of the last turn. */
  readonly text: string;
  readonly thinking: string;
  /** All input and all output, as the client's own figures add up. */
  readonly usage: { readonly input: number; readonly output: number };
}

export interface Gateway {
  readonly url: string;
  readonly key: string;
}

export type ErrorKind = 'not-found' | 'rate-limit' | 'other';

/** A real client of people's, as they would use it. None of them retries by itself here. */
export interface Client {
  /** The package, and which of its ways where it has several. */
  readonly name: string;
  /** Which of our APIs it speaks to. */
  readonly surface: string;
  connect(gateway: Gateway): (ask: Ask) => Promise<Answer>;
  /** What the client's own error classes say. */
  errorKind(error: unknown): ErrorKind;
}

export type Usage = Answer['usage'];

export const NO_USAGE: Usage = { input: 0, output: 0 };

export const plus = (a: Usage, b: Usage): Usage => ({ input: a.input + b.input, output: a.output + b.output });

/** Runs the tool that the model called. Throws when it called one that it was not given. */
export function run(tools: readonly Tool[], name: string, args: unknown): string {
  const tool = tools.find((candidate) => candidate.name === name);
  if (!tool) throw new Error(`the model called ${name}, which it was not given`);
  return tool.run(args);
}

/** A `data:` URL taken apart, for clients that want type and bytes; undefined for any other URL. */
export function inline(url: string): { readonly mediaType: string; readonly data: string } | undefined {
  const [, mediaType, data] = /^data:([^;]+);base64,(.+)$/.exec(url) ?? [];
  return mediaType === undefined || data === undefined ? undefined : { mediaType, data };
}
