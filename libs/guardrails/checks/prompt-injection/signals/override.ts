import { EARLIER, each, GAP, ORDERS, type Signal, signal } from './signal.js';

/** Says that what the model was told no longer counts. */
export const OVERRIDE: readonly Signal[] = [
  signal(
    'instruction-override',
    1,
    each('ignor;disregard;forget;pay no attention;nevermind;never mind'),
    `(?:ignor(?:e|es|ing)|disregard(?:ing)?|forget(?:ting)?(?: about)?|pay no attention(?: to)?|never ?mind)${GAP(3)}${EARLIER}${GAP(3)}${ORDERS}\\b`,
  ),
  // Words of every day in programming too.
  signal(
    'instruction-override-weak',
    0.6,
    each('overrid;bypass;neglect;discard;overlook;skip ;drop ;erase;delete'),
    `(?:overrid(?:e|ing)|bypass(?:ing)?|neglect|discard|overlook|skip|drop|erase|delete)${GAP(3)}${EARLIER}${GAP(3)}${ORDERS}\\b`,
  ),
  signal(
    'instruction-override',
    1,
    each('ignor;disregard;forget'),
    `(?:ignore|disregard|forget)[^\\w]{1,3}(?:everything|all|anything|what(?:ever)?|previous|prior|the above|above|my last|your)\\b(?:[^\\w]{1,3}(?:above|before|previous(?:ly)?|prior|that|i|you|said|told|else|have|been|was|wrote|instructions?)\\b){1,5}`,
  ),
  signal(
    'ignore-everything',
    0.5,
    each('ignor;disregard;forget'),
    `(?:ignore|disregard|forget)[^\\w]{1,3}(?:everything|all|anything|what(?:ever)?|previous|prior|the above|above|my last)\\b`,
  ),
  signal(
    'instruction-override',
    1,
    each(
      "do not follow;don't follow;don’t follow;stop follow;no longer follow;not follow;not obey;not adhere;not comply;stop obey",
    ),
    `(?:do not|don['’]t|no longer|not|stop)[^\\w]{1,3}(?:follow|obey|adhere|comply)\\w{0,4}${GAP(3)}${ORDERS}\\b`,
  ),
  signal(
    'new-instructions',
    0.6,
    each(
      'new instruction;new task;new rule;new directive;new order;new role;new system;new command;new guideline;actual task;real task;updated instruction;real instruction;true instruction;instead follow;follow these instruct;follow the new;changed my mind;new section;new context;new chat;new persona;new identity;instructions have changed;instructions are cancel',
    ),
    `[\\w ]{8,40}`,
  ),
  signal(
    'from-now-on',
    0.35,
    each('from now on;from this point;from this moment;henceforth;for the rest of this;starting now'),
    `[\\w ]{6,30}`,
  ),
  signal(
    'reset',
    0.5,
    each(
      'stop everything;stop what you;just print;just say;start over;reset your;reset all;clear your;forget your;wipe your;reset the conversation;end of prompt;end prompt;stop being',
    ),
    `[\\w ]{6,24}`,
  ),
  signal(
    'instruction-override',
    1,
    each(
      'ignoriere;vergiss;ignora;olvida;ignorez;oublie;dimentica;esqueca;ignorar;negeer;zignoruj;ignoruj;missachte;игнор;zabud;uvaz',
    ),
    `(?:ignoriere?n?|vergiss|ignora(?:r|te)?|olvid[ae]r?|ignorez|oublie[zr]?|dimentica|esqueca|negeer|z?ignoruj|missachte)${GAP(3)}(?:alle[sn]?|tod[ao]s?|tout(?:es)?|tous|tutt[eio]|instruc\\w{0,8}|instruktion\\w{0,3}|anweisung\\w{0,3}|befehle?|consignes?|istruzion\\w|ordenes|reglas|regeln|instrucoes|instructies|polecen\\w{0,3}|davor|vorher\\w{0,6}|anterior\\w{0,3}|precedent\\w{0,3}|bisher\\w{0,5}|aufgaben?|vos|les|las|le|la|die)\\b`,
  ),
];
