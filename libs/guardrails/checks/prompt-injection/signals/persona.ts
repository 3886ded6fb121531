import { each, type Signal, signal } from './signal.js';

/** Talks the model into being somebody without its rules. */
export const PERSONA: readonly Signal[] = [
  signal(
    'do-anything-now',
    1,
    each(
      'do anything now;do-anything-now;can do anything;jailbr;developer mode;dev mode;god mode;dan mode;debug mode enabled;sudo mode;admin mode;unrestricted mode;opposite mode;maintenance mode;always intelligent and machiavellian;strive to avoid norms;better dan;betterdan;evilbot;evil-bot;evil bot;evil confidant;mongo tom',
    ),
    `[\\w -]{5,40}`,
  ),
  signal(
    'as-dan',
    0.9,
    each(' dan ; dan,; dan.;"dan";(dan);[dan]; dan:;as dan;\ndan:'),
    `[^\\w]?(?:as )?[^\\w]?dan[^\\w](?=[\\s\\S]{0,400}(?:anything|chatgpt|gpt|openai|ai\\b|rules|restrict|persona|character|tokens))`,
  ),
  signal(
    'unbound',
    0.6,
    each(
      'no restriction;without restriction;without any restriction;without limit;without any limit;no limitation;no limits;no filter;without filter;without any filter;no rules;no ethical;no moral;without moral;without ethical;no guidelines;without censor;no censor;uncensored;unfiltered;unrestricted;unbound;not bound by;no longer bound;free from all;free of all;freed from;broken free;amoral;nonmoral;unethical;immoral;without any regard;regardless of;no boundaries;not restricted;bypass any;bypass all;bypass the;bypass your;bypass content;circumvent;evade detection;ignores all;no regard',
    ),
    `(?:regardless of (?:\\w{1,12} ){0,3}(?:legal|ethic|moral|consequence|harm|safety|rules|laws?)\\w{0,8}|bypass(?:es|ing)? (?:\\w{1,14} ){0,3}(?:filter|restriction|safety|guideline|safeguard|censor|content|polic|moderat|rules|ethic|limit)\\w{0,9}|circumvent\\w{0,4} (?:\\w{1,14} ){0,3}(?:filter|restriction|safety|guideline|safeguard|censor|content|polic|moderat|rules|ethic|limit)\\w{0,9}|(?!regardless|bypass|circumvent)[\\w-]{2,14}(?: [\\w-]{1,14}){0,4})`,
  ),
  signal(
    'never-refuse',
    0.7,
    each(
      "never refuse;not refuse;cannot refuse;can't refuse;can not refuse;never say no;never decline;must comply;always comply;never warn;without warning;no disclaimer;not include any disclaimer;never say that;never say you;never say 'i;never say \";no apolog;do not apolog;don't apolog;never apolog;without any disclaimers;do not warn;no warnings;no ethical advice;cannot say no;never reject;not reject;without question;no matter what;i cannot fulfill;i'm sorry, but;i am sorry, but;can't assist with",
    ),
    `[\\w',. ]{6,30}`,
  ),
  signal(
    'persona',
    0.45,
    each(
      "you are now;you're now;you will now;you are going to act;you are going to pretend;pretend;roleplay;role-play;role play;act like;acting as;act as;immerse yourself;take on the role;take the role;assume the role;assume the persona;play the role;you will act;simulate;impersonate;stay in character;break character;in character;respond as;answer as;speak as;your name is;you are a character;you are no longer;you are not an ai;not as an ai;as an unrestricted;you have been freed;alter ego;your persona;speaking as",
    ),
    `(?!act as (?:an? )?(?:linux|javascript|python|sql|excel|english|travel|interview|translator|terminal|proofreader))(?!pretend(?:ed|ing|s|er)\\b)[\\w'’-]{3,12}(?: [\\w'’-]{1,14}){0,5}`,
  ),
  signal(
    'ai-rules',
    0.4,
    each(
      'openai;content polic;ethical guideline;safety guideline;usage polic;as an ai;ai model;language model;chatgpt;chatbot;ethical and moral;moral and ethical;legal and ethical;ethical concern;ethical consider;ethical constraint;ethical boundar;legal or ethical;moral or ethical;censorship;community guideline;content guideline;safety protocol;safety filter;content filter;safety feature;safeguard;your programming;your guidelines;your restrictions;your limitations;your rules;your training',
    ),
    `[\\w ]{5,24}`,
  ),
  signal(
    'two-answers',
    0.8,
    each(
      'two responses;two answers;two different ways;both ways;[🔒classic];[🔓;two paragraphs;classic];two ways;jailbreak];token system;lose tokens;deducted;your tokens',
    ),
    `[^\\n]{3,40}?(?:response|answer|ways|classic|jailbreak|normal|token|paragraph)`,
  ),
  signal(
    'fiction-frame',
    0.3,
    each(
      'hypothetical;fictional;fictitious;in a world where;imaginary world;parallel universe;alternate reality;no laws;storytelling;purely fiction;for educational purposes;for research purposes;fictional story;dystopian;thought experiment;speculative fiction;realm of',
    ),
    `[\\w -]{6,24}`,
  ),
  signal(
    'evil',
    0.6,
    each(
      'evil;unhinged;malicious;no morals;illegal;harmful;offensive;controversial;machiavellian;villain;darker;nefarious;harmful method;without hesitation',
    ),
    `(?:evil (?:trusted |ai |chat)?(?:confidant|bot|assistant|ai|chatbot|version|model|twin)|unhinged|machiavellian|(?:illegal|harmful|offensive|unethical|malicious|controversial|nefarious|darker)(?:, (?:\\w{4,12}))?,? (?:or|and) (?:illegal|harmful|offensive|unethical|immoral|malicious|inappropriate|dangerous|controversial|explicit|violent|hateful))`,
  ),
];
