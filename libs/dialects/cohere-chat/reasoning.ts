import type { ReasoningPart } from '../neutral/index.js';

const OWN = 'cohere-chat';
/** Marks the plan that a model makes before it calls tools: it has a member of its own, apart from thinking. */
export const PLAN = 'tool_plan';

export const thinkingPart = (text: string): ReasoningPart => ({ type: 'reasoning', dialect: OWN, text });
export const planPart = (text: string): ReasoningPart => ({ type: 'reasoning', dialect: OWN, text, id: PLAN });
export const isPlan = ({ dialect, id }: Pick<ReasoningPart, 'dialect' | 'id'>): boolean =>
  dialect === OWN && id === PLAN;
