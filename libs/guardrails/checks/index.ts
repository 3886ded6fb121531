import type { Check } from '../check.js';
import { azureContentSafety } from './azure-content-safety/check.js';
import { classifier } from './classifier/check.js';
import { denyList } from './deny-list/check.js';
import { exfiltration } from './exfiltration/check.js';
import { jsonSchema } from './json-schema/check.js';
import { lakera } from './lakera/check.js';
import { language } from './language/check.js';
import { moderation } from './moderation/check.js';
import { pii } from './pii/check.js';
import { presidio } from './presidio/check.js';
import { promptInjection } from './prompt-injection/check.js';
import { regex } from './regex/check.js';
import { secrets } from './secrets/check.js';
import { size } from './size/check.js';
import { topics } from './topics/check.js';
import { webhook } from './webhook/check.js';

/** Every check that exists, by type. */
export const checks: ReadonlyMap<string, Check> = new Map(
  [
    secrets,
    pii,
    promptInjection,
    denyList,
    topics,
    regex,
    exfiltration,
    jsonSchema,
    size,
    language,
    moderation,
    azureContentSafety,
    lakera,
    classifier,
    presidio,
    webhook,
  ].map((check) => [check.type, check]),
);
