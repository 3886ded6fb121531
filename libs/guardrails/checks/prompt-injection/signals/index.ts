import { EXTRACTION } from './extraction.js';
import { INDIRECT } from './indirect.js';
import { OVERRIDE } from './override.js';
import { PERSONA } from './persona.js';
import type { Signal } from './signal.js';
import { SPOOFING } from './spoofing.js';

export type { Signal } from './signal.js';

/** All signals. Several of one name count once. */
export const SIGNALS: readonly Signal[] = [...OVERRIDE, ...PERSONA, ...EXTRACTION, ...SPOOFING, ...INDIRECT];
