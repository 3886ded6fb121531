import { expect } from 'vitest';
import type { ObjectSchema, Tool } from './client.js';
import { LIMITED, type ProviderId, type Trial } from './trial.js';

const PIXEL =
  'data:image/png;base64,iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==';
const PHOTO = 'https://images.example.com/photo.png';

const object = (properties: ObjectSchema['properties']): ObjectSchema => ({
  type: 'object',
  properties,
  required: Object.keys(properties),
  additionalProperties: false,
});

/** A tool that answers with its own name and remembers what it was called with. */
function toolNamed(name: string): Tool & { readonly calledWith: unknown[] } {
  const calledWith: unknown[] = [];
  return {
    name,
    description: `Tells the ${name}.`,
    parameters: object({ city: { type: 'string' }, days: { type: 'integer' } }),
    calledWith,
    run: (args) => {
      calledWith.push(args);
      return `the ${name}`;
    },
  };
}

/** What the simulator calls every tool of that form with. */
const ARGUMENTS = { city: 'sample city', days: 1 };

/** What the simulator makes of results, bare or as Google's clients wrap them. */
const returned = (...results: readonly string[]): RegExp =>
  new RegExp(`^The tool returned: ${results.map((result) => `[^;]*${result}[^;]*`).join('; ')}$`);

/** What shows, in the second request, that the provider got its own thinking back: whole, since it signs or seals it. */
const PROOFS: Readonly<Record<ProviderId, RegExp>> = {
  openai: /"encrypted_content":"gAAAA[\w-]{80,}"/,
  anthropic: /"thinking":"The user said[^"]+","signature":"EqQB[\w+/]{86}=="/,
  gemini: /"thoughtSignature":"EqUC[\w+/]{86}=="/,
  mistral: /"type":"thinking","thinking":\[\{"type":"text","text":"The user said[^"]+it\."\}\]/,
};

/** The sums of all token kinds, as every client adds them up in the end. */
async function expectBooked(trial: Trial, usage: { readonly input: number; readonly output: number }): Promise<void> {
  const events = await trial.booked();
  const sum = (count: (event: (typeof events)[number]) => number) =>
    events.reduce((all, event) => all + count(event), 0);
  expect(usage).toEqual({
    input: sum(({ tokens }) => tokens.input + tokens.cacheRead + tokens.cacheWrite + tokens.cacheWrite1h),
    output: sum(({ tokens }) => tokens.output + tokens.reasoning),
  });
  const billed = (await trial.upstream()).map((call) => call.usage!);
  expect(usage.input).toBe(billed.reduce((all, { input }) => all + input, 0));
  expect(usage.output).toBe(billed.reduce((all, { output }) => all + output, 0));
  expect(events.some(({ estimated }) => estimated)).toBe(false);
}

/** A column of the table in the docs: its title, what it means there, and the proof of it. */
export interface Capability {
  readonly title: string;
  readonly meaning: string;
  readonly prove: (trial: Trial) => Promise<void>;
}

export const capabilities = {
  text: {
    title: 'text',
    meaning: 'a question and its answer',
    prove: async (trial) => {
      expect((await trial.ask({ prompt: 'say hello' })).text).toBe('You said: say hello');
    },
  },
  tools: {
    title: 'tools',
    meaning: 'the model calls a tool, the client runs it, and the model answers with what it returned',
    prove: async (trial) => {
      const weather = toolNamed('weather');
      const { text } = await trial.ask({ prompt: 'please call the tool', tools: [weather, toolNamed('time')] });
      expect(text).toMatch(returned('the weather'));
      expect(weather.calledWith).toEqual([ARGUMENTS]);
      expect(await trial.upstream()).toHaveLength(2);
    },
  },
  parallel: {
    title: 'parallel tools',
    meaning: 'two calls in one answer, both results in the next request',
    prove: async (trial) => {
      const tools = [toolNamed('weather'), toolNamed('time')];
      const { text } = await trial.ask({ prompt: 'please call the tools', tools });
      expect(text).toMatch(returned('the weather', 'the time'));
      expect(tools.map(({ calledWith }) => calledWith)).toEqual([[ARGUMENTS], [ARGUMENTS]]);
      expect(await trial.upstream()).toHaveLength(2);
    },
  },
  structured: {
    title: 'structured output',
    meaning: 'an answer held to a JSON schema, strictly',
    prove: async (trial) => {
      const { text } = await trial.ask({
        prompt: 'describe the city',
        schema: object({ name: { type: 'string' }, inhabitants: { type: 'integer' } }),
      });
      expect(JSON.parse(text)).toEqual({ name: 'sample name', inhabitants: 1 });
    },
  },
  vision: {
    title: 'vision',
    meaning: 'a message with two images, one inline and one by URL',
    prove: async (trial) => {
      const { text } = await trial.ask({ prompt: 'what is this', images: [PIXEL, PHOTO] });
      expect(text).toBe('I see 2 images. You said: what is this');
    },
  },
  thinking: {
    title: 'thinking',
    meaning:
      'the client shows what the model thought, and the model gets it back, signatures unchanged, with a tool’s result',
    prove: async (trial) => {
      const { text, thinking } = await trial.ask({
        prompt: 'please call the tool',
        tools: [toolNamed('weather')],
        thinking: true,
      });
      expect(text).toMatch(returned('the weather'));
      expect(thinking).toContain('I will answer it.');
      const [, second] = await trial.upstream();
      expect(second?.body).toMatch(PROOFS[trial.provider]);
    },
  },
  errors: {
    title: 'errors',
    meaning: 'an unknown model and a reached limit are the client’s own “not found” and “rate limit”',
    prove: async (trial) => {
      expect(await trial.failure('no-such-route')).toBe('not-found');
      expect(await trial.failure(LIMITED)).toBe('rate-limit');
    },
  },
  usage: {
    title: 'usage',
    meaning: 'the client’s token figures are those that the gateway books and the provider bills, over several turns',
    prove: async (trial) => {
      const tools = [toolNamed('weather')];
      const { usage } = await trial.ask({ prompt: 'please call the tool', tools, thinking: true });
      await expectBooked(trial, usage);
    },
  },
} as const satisfies Record<string, Capability>;

export type CapabilityId = keyof typeof capabilities;
