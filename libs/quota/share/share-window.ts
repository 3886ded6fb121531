/** As scripts/window.lua, in this process: the last 241 slots of 250 ms, weighted, so that no 60 s hold more than the limit. */
const SLOT_MS = 250;
const SLOTS = 241;

export class ShareWindow {
  /** Slot number → weight. A Map keeps the order in which slots were first used, so the oldest come first. */
  private readonly slots = new Map<number, number>();
  private total = 0;

  /** What the window holds now. */
  held(nowMs: number): number {
    const first = Math.floor(nowMs / SLOT_MS) - SLOTS + 1;
    for (const [slot, weight] of this.slots) {
      if (slot >= first) break;
      this.total -= weight;
      this.slots.delete(slot);
    }
    return this.total;
  }

  /** Takes, whatever the limit. The returned function corrects by a difference, once the truth is known. */
  take(weight: number, nowMs: number): (difference: number) => void {
    const slot = Math.floor(nowMs / SLOT_MS);
    this.add(slot, weight);
    return (difference) => {
      if (this.slots.has(slot)) this.add(slot, difference);
    };
  }

  /** Milliseconds until `weight` fits under `limit` if nothing else arrives; until the window is empty where it never fits. */
  waitMs(weight: number, limit: number, nowMs: number): number {
    let excess = this.held(nowMs) + weight - limit;
    let last = Math.floor(nowMs / SLOT_MS);
    for (const [slot, held] of this.slots) {
      excess -= held;
      last = slot;
      if (excess <= 0) break;
    }
    return (last + SLOTS) * SLOT_MS - nowMs;
  }

  private add(slot: number, weight: number): void {
    this.slots.set(slot, (this.slots.get(slot) ?? 0) + weight);
    this.total += weight;
  }
}
