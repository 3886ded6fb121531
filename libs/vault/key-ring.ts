import { type MasterKey, WrongMasterKey } from './master-key.js';

/**
 * Two master keys as one, for the time of a rotation: what either wrapped is unwrapped, and `next` wraps what is new. With
 * no `next` it is just `current`.
 */
export function masterKeyRing(current: MasterKey, next: MasterKey | null): MasterKey {
  if (next === null || next.mark === current.mark) return current;
  return {
    mark: next.mark,
    wrap: (plain, context) => next.wrap(plain, context),
    async unwrap(wrapped, context) {
      const key = [next, current].find(({ mark }) => wrapped.startsWith(mark));
      if (!key) throw new WrongMasterKey();
      return key.unwrap(wrapped, context);
    },
  };
}
