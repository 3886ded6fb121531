import { describe, expect, it } from 'vitest';
import { Heartbeat } from './heartbeat.js';

describe('a heartbeat', () => {
  it('never beats twice at once, and beats once more for all who asked meanwhile', async () => {
    let [running, most, beats] = [0, 0, 0];
    let open = (): void => {};
    const gate = new Promise<void>((resolve) => {
      open = resolve;
    });
    const heartbeat = new Heartbeat(async () => {
      most = Math.max(most, ++running);
      beats++;
      await gate;
      running--;
    }, refuse);
    const all = Promise.all([heartbeat.now(), heartbeat.now(), heartbeat.now(), heartbeat.now()]);
    open();
    await all;
    expect({ most, beats }).toEqual({ most: 1, beats: 2 });
  });

  it('goes on after a failure and reports an outage once, the next one again', async () => {
    const errors: unknown[] = [];
    let healthy = false;
    const heartbeat = new Heartbeat(
      async () => {
        if (!healthy) throw new Error('away');
      },
      (error) => errors.push(error),
    );
    for (const state of [false, false, true, false, false]) {
      healthy = state;
      await heartbeat.now();
    }
    expect(errors).toHaveLength(2);
  });

  it('is at rest when stopping is done', async () => {
    let finished = false;
    const heartbeat = new Heartbeat(async () => {
      await new Promise(setImmediate);
      finished = true;
    }, refuse);
    void heartbeat.now();
    await heartbeat.stop();
    expect(finished).toBe(true);
  });
});

function refuse(error: unknown): never {
  throw error;
}
