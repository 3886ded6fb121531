import { CallLog } from './control/call-log.js';
import { FaultBoard } from './faults/fault-board.js';
import { Memory } from './memory.js';
import { DEFAULT_SETTINGS, type Settings } from './settings.js';

/** Everything one simulator holds: nothing of it outlives the process. */
export interface Simulation {
  readonly calls: CallLog;
  readonly faults: FaultBoard;
  readonly memory: Memory;
  settings: Settings;
}

export function newSimulation(): Simulation {
  return { calls: new CallLog(), faults: new FaultBoard(), memory: new Memory(), settings: DEFAULT_SETTINGS };
}
