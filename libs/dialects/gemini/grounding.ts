import { arrayOf, defined, isObject, objectOf, textOf } from '../json/index.js';
import type { Citation, JsonObject } from '../neutral/index.js';

/** Members of a candidate that tell where its words come from: kept whole for clients of this dialect. */
const SOURCES = ['groundingMetadata', 'citationMetadata', 'urlContextMetadata'] as const;

/** Those members, if there are any. */
export function sourcesOf(candidate: JsonObject): JsonObject | undefined {
  const found = SOURCES.filter((name) => candidate[name] !== undefined);
  return found.length === 0 ? undefined : Object.fromEntries(found.map((name) => [name, candidate[name]]));
}

/** Whether an opaque value is such members rather than a part of the content. */
export const isSources = (value: unknown): value is JsonObject =>
  isObject(value) && SOURCES.some((name) => value[name] !== undefined);

/** Offsets are bytes of UTF-8 on the wire, characters here. */
function charOffset(text: string, bytes: unknown): number | undefined {
  return typeof bytes === 'number' ? Buffer.from(text).subarray(0, bytes).toString('utf8').length : undefined;
}

/** Citations of `text` out of `sourcesOf`: one for each page that supports a passage, and each recited source. */
export function decodeCitations(sources: JsonObject, text: string): readonly Citation[] {
  const grounding = objectOf(sources['groundingMetadata']);
  const chunks = arrayOf(grounding['groundingChunks']);
  const supported = arrayOf(grounding['groundingSupports'])
    .filter(isObject)
    .flatMap((support) => {
      const segment = objectOf(support['segment']);
      return arrayOf(support['groundingChunkIndices']).map((index) => {
        const chunk = objectOf(chunks[Number(index)]);
        const page = objectOf(chunk['web'] ?? chunk['retrievedContext'] ?? chunk['maps']);
        return citation(segment, page, text, { support, chunk });
      });
    });
  const recited = arrayOf(
    objectOf(sources['citationMetadata'])['citationSources'] ?? objectOf(sources['citationMetadata'])['citations'],
  )
    .filter(isObject)
    .map((source) => citation(source, source, text, source));
  return [...supported, ...recited];
}

const citation = (range: JsonObject, page: JsonObject, text: string, value: unknown): Citation =>
  defined<Citation>({
    text: textOf(range['text']),
    url: textOf(page['uri']),
    title: textOf(page['title']),
    start: charOffset(text, range['startIndex'] ?? (range['endIndex'] === undefined ? undefined : 0)),
    end: charOffset(text, range['endIndex']),
    raw: { dialect: 'gemini', value },
  });

/** Citations of other dialects as grounding by web pages. Undefined where there are none with an address. */
export function encodeCitations(citations: readonly Citation[], text: string): JsonObject | undefined {
  const pages = citations.filter(({ raw, url }) => raw.dialect !== 'gemini' && url !== undefined);
  if (pages.length === 0) return undefined;
  const byteOffset = (chars: number): number => Buffer.byteLength(text.slice(0, chars));
  return {
    groundingChunks: pages.map(({ url, title }) => ({ web: { uri: url, title: title ?? url } })),
    groundingSupports: pages.map(({ start = 0, end = text.length }, index) => ({
      segment: { startIndex: byteOffset(start), endIndex: byteOffset(end), text: text.slice(start, end) },
      groundingChunkIndices: [index],
    })),
  };
}
