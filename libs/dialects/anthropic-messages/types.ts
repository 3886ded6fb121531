import type { Anthropic } from '@anthropic-ai/sdk';

/** Wire types of the Messages API, from the vendor's SDK, so that the compiler checks what we write against it. */
export type Message = Anthropic.Message;
export type StopReason = Anthropic.StopReason;
export type WireUsage = Anthropic.Usage;
export type ContentBlock = Anthropic.ContentBlock;
export type TextCitation = Anthropic.TextCitation;
export type StreamEvent = Anthropic.RawMessageStreamEvent;
export type ContentBlockParam = Anthropic.ContentBlockParam;
export type MessageParam = Anthropic.MessageParam;
export type TextBlockParam = Anthropic.TextBlockParam;
export type ImageBlockParam = Anthropic.ImageBlockParam;
export type DocumentBlockParam = Anthropic.DocumentBlockParam;
export type ToolResultBlockParam = Anthropic.ToolResultBlockParam;
export type ToolUnion = Anthropic.ToolUnion;
export type WireTool = Anthropic.Tool;
export type WireToolChoice = Anthropic.ToolChoice;
export type OutputConfig = Anthropic.OutputConfig;
export type CacheControl = Anthropic.CacheControlEphemeral;
export type ErrorType = Anthropic.ErrorType | 'request_too_large';

/** The request body; the sampling fields are gone from the newest SDK but older models take them. */
export type RequestBody = Anthropic.MessageCreateParams & {
  readonly temperature?: number;
  readonly top_p?: number;
  readonly top_k?: number;
};
