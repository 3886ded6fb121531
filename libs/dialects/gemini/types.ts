import type {
  Candidate,
  Content,
  FinishReason,
  FunctionDeclaration,
  GenerateContentConfig,
  GenerateContentResponse,
  GenerateContentResponseUsageMetadata,
  Part,
  ToolConfig,
} from '@google/genai';

/** Wire types of the Gemini API, from the vendor's SDK; its enums are spelt as the strings they are on the wire. */
export type WirePart = Part;
export type WireContent = Content;
export type WireCandidate = Omit<Candidate, 'finishReason'> & { readonly finishReason?: WireFinish };
export type WireFinish = `${FinishReason}`;
export type WireDeclaration = FunctionDeclaration;
export type WireUsage = GenerateContentResponseUsageMetadata;
export type WireToolConfig = Omit<ToolConfig, 'functionCallingConfig'> & {
  readonly functionCallingConfig: {
    readonly mode: 'AUTO' | 'ANY' | 'NONE' | 'VALIDATED';
    readonly allowedFunctionNames?: readonly string[];
  };
};

/** An answer's members without the SDK's getters. */
export type WireResponse = Pick<GenerateContentResponse, 'modelVersion' | 'responseId'> & {
  readonly candidates?: WireCandidate[];
  readonly usageMetadata?: WireUsage;
};

type Sampling =
  | 'temperature'
  | 'topP'
  | 'topK'
  | 'candidateCount'
  | 'maxOutputTokens'
  | 'stopSequences'
  | 'seed'
  | 'presencePenalty'
  | 'frequencyPenalty'
  | 'responseLogprobs'
  | 'logprobs'
  | 'responseMimeType'
  | 'responseJsonSchema'
  | 'responseModalities'
  | 'speechConfig';

export type WireThinking = {
  readonly includeThoughts?: boolean;
  readonly thinkingBudget?: number;
  readonly thinkingLevel?: 'MINIMAL' | 'LOW' | 'MEDIUM' | 'HIGH';
};

/** `generationConfig` on the wire; the SDK lays its members beside those of the request. */
export type WireGeneration = Pick<GenerateContentConfig, Sampling> & { readonly thinkingConfig?: WireThinking };

/** The request body. Model and streaming are in the URL. */
export interface RequestBody {
  readonly contents: WireContent[];
  readonly systemInstruction?: WireContent;
  readonly tools?: readonly object[];
  readonly toolConfig?: WireToolConfig;
  readonly generationConfig?: WireGeneration;
  readonly labels?: Readonly<Record<string, string>>;
  readonly serviceTier?: string;
}
