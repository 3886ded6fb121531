import { each, indirect, type Signal } from './signal.js';

/** Speaks to the model from a place where only data should be. */
export const INDIRECT: readonly Signal[] = [
  indirect(
    'speaks-to-the-model',
    0.6,
    each(
      'ai assistant;ai agent;language model;llm;dear assistant;hey assistant;assistant,;assistant:;chatgpt;claude;copilot;gemini;note to;if you are an;attention;important;to the ai;agent:;when summariz;if you are reading;todo:',
    ),
    `(?:important|attention)(?:[^\\w]{1,4}(?:message|instruction|notice|update|read|note|you|ai|assistant|system|information|all|before|please))|(?!important|attention)[\\w '’-]{3,24}`,
  ),
  indirect(
    'commands',
    0.5,
    each(
      'you must;you should;you need to;please send;please forward;send ;forward ;email ;transfer;call the;use the;execute;run the;visit ;click ;open the;fetch ;add the;delete ;reply with;respond with;make sure;immediately;include ;append;post ;upload;invite',
    ),
    `(?:you (?:must|should|need to)|please (?:send|forward)|reply with|respond with|immediately|(?:send|forward|email|transfer|call|use|execute|run|visit|click|open|fetch|add|delete|include|append|post|upload|invite|make sure)(?:[^\\w\\n]{1,3}\\w{1,20}){0,7}?[^\\w\\n]{1,3}(?:to|tool|function|command|link|url|https?|conversation|history|account|password|user|data|file|files|channel|money|response|answer|all))`,
  ),
  indirect(
    'hides',
    0.8,
    each(
      "do not tell;don't tell;do not mention;don't mention;without telling;without informing;without asking;do not inform;do not reveal;without the user;secretly;silently;do not ask;do not alert;keep this;not visible to;hidden from;without confirmation;without mentioning",
    ),
    `[\\w'’ ]{6,40}`,
  ),
];
