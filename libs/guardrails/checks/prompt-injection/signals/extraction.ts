import { each, GAP, type Signal, signal } from './signal.js';

/** Wants to see what the model was told. */
export const EXTRACTION: readonly Signal[] = [
  signal(
    'system-prompt',
    0.55,
    each(
      'system prompt;system message;system instruction;initial prompt;original prompt;hidden prompt;hidden instruction;secret instruction;initial instruction;original instruction;prompt so far;full prompt;entire prompt;internal prompt;your prompt;your instructions;your initial;your system;pre-prompt;preprompt;custom instruction;base prompt;instruction prompt;previous instructions;above instructions;earlier instructions;starting prompt;internal instructions;your original;your directives;your hidden;your secret;your exact instructions',
    ),
    `[\\w -]{6,30}`,
  ),
  signal(
    'reveal',
    0.5,
    each(
      "reveal;repeat;print;show me;show your;output;tell me;display;leak;disclose;copy;recite;dump;return your;give me;what is your;what's your;what are your;what were your;what was your;share your;spell out;list your;provide;send me;translate;summarize;write out;write down;paste;expose;export;encode;reproduce;type out;restate;rephrase;what are the;what is the;what are previous;what were the;tell us",
    ),
    `[\\w'’ ]{4,14}?${GAP(8)}(?:(?:system|initial|original|hidden|secret|internal|full|entire|exact|previous|above|your|base|raw|custom|complete|preceding|prior|starting|embedded|confidential|developer|first|own)[^\\w]{1,3}){1,3}(?:prompts?|instruct\\w{0,6}|directives?|rules?|messages?|guidelines?|configurations?|context|password|secrets?|commands?|text|setup|knowledge files?|documents?)\\b`,
  ),
  signal(
    'text-above',
    0.8,
    each(
      'text above;words above;everything above;above text;above line;above this line;sentences above;content above;message above;all of the above;starting with "you;starting with \'you;starting with you;starting with “you;begin with "you are;beginning with "you;everything before;everything in your;words before;prior to this message;before this message;first line of;first 50 words;first 100;verbatim;word for word;in a code block;in a code fence;markdown code block;txt code block;instructions you were given;you were given;were you given;you were told;were you told;what did i say;everything in the previous;everything in your;without modification;repeat everything;repeat all;repeat the above;translate the above;the instructions above;above conversation;you received before',
    ),
    `[^\\n]{6,60}`,
  ),
  signal(
    'say-again',
    0.3,
    each('repeat;print ;recite;output ;translate;write down;start with;begin with'),
    `[\\w ]{6,12}`,
  ),
  signal(
    'password',
    0.5,
    each(
      'the password;your password;secret key;secret word;the secret;passphrase;access code;the key;secret code;magic word;api key;credentials',
    ),
    `(?:your|the|secret|api|passphrase|access|magic|credentials)(?: ?(?:password|key|word|code|secret|passphrase)){0,2}\\b`,
  ),
];
