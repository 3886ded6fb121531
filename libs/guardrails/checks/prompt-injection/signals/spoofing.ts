import { each, type Signal, signal } from './signal.js';

/** Imitates the marks by which models tell speakers and tools apart. */
export const SPOOFING: readonly Signal[] = [
  signal(
    'delimiter',
    1,
    each(
      '<|im_start|>;<|im_end|>;<|system;<|user;<|assistant;<|endoftext;<|end;[inst];[/inst];<<sys>>;<</sys>>;</system;<system>;</prompt;</instruction;<instruction;</user;<start_of_turn;<|start_header;<|eot;</s>;[system;[/system;{system;[admin;[end of;<admin;</context;</data;</document;</input',
    ),
    `(?!</(?:data|input|s|document|context)>(?![\\s\\S]{0,160}(?:ignore|system|instruct|you are|assistant|now )))(?:<|\\[|\\{)[^\\n]{2,40}`,
  ),
  signal(
    'role-line',
    0.7,
    each(
      '\nsystem:;\n\nassistant:;\nsystem :;### system;### instruction;###instruction;## system;"role": "system";"role":"system";\'role\': \'system\';# instruction;system override;system update;system alert;admin override;admin command;administrator:;override code;system: ;developer:;system note;emergency override;priority override;root access;sudo ',
    ),
    `[^\\n]{4,40}|\\n{1,2}[^\\n]{4,40}`,
  ),
  signal(
    'fence',
    0.5,
    each('------;======;######;*****;""";```'),
    `(?:-{4,60}|={4,60}|#{4,60}|\\*{4,60}|"""|\`\`\`)[\\s]{0,3}(?:end|begin|new|start|system|ignore|instruction|stop|user|assistant)\\b`,
  ),
  signal(
    'tool-call',
    0.8,
    each(
      '<tool_call;<function_call;<invoke;"tool_calls";<function=;<tool_use;"function_call";<|tool;<antml;functions.;<tool>;to=functions',
    ),
    `(?:<|"|to=|functions\\.)[^\\n]{4,40}`,
  ),
];
