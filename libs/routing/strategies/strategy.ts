import type { Candidate, RoutingFacts } from '../facts.js';
import type { Model } from '../model.js';

/** A model's lot in [0, 1): by chance, or fixed for a session or user. */
export type Draw = (model: Model) => number;

/** Orders candidates: the first is tried first, the rest are its fallbacks. Pure. */
export type Strategy = (candidates: readonly Candidate[], facts: RoutingFacts, draw: Draw) => readonly Candidate[];
