import { expect, it } from 'vitest';
import { FaultError, NO_FAULT, parseFault, splitModel } from './fault.js';
import { FaultBoard } from './fault-board.js';

it('reads faults of every type from a model name', () => {
  const { model, suffix } = splitModel('gpt-4o~status=503;retryAfter=2;html=true;code=overloaded;noDone');
  expect(model).toBe('gpt-4o');
  expect(parseFault(suffix)).toEqual({ status: 503, retryAfter: 2, html: true, code: 'overloaded', noDone: true });
});

it.each(['colour=red', 'status=many', 'status=', 'delayMs=-1'])('refuses %s', (suffix) => {
  expect(() => parseFault(suffix)).toThrow(FaultError);
});

it('strikes the first N calls of a suffix, each model for itself', () => {
  const board = new FaultBoard();
  const struck = (model: string) => board.strike('openai', model, 'status=500;times=2').status;
  expect([struck('a'), struck('a'), struck('a'), struck('b')]).toEqual([500, 500, undefined, 500]);
});

it('strikes only the provider and model that a posting names, as often as it says', () => {
  const board = new FaultBoard();
  board.post({ provider: 'openai', model: 'a', fault: { status: 500 }, times: 1 });
  expect(board.strike('anthropic', 'a', '')).toEqual(NO_FAULT);
  expect(board.strike('openai', 'b', '')).toEqual(NO_FAULT);
  expect(board.strike('openai', 'a', '')).toEqual({ status: 500 });
  expect(board.strike('openai', 'a', '')).toEqual(NO_FAULT);
});

it('strikes by probability, in the same order for the same seed', () => {
  const draws = () => {
    const board = new FaultBoard();
    board.post({ fault: { reset: true }, probability: 0.3, seed: 7 });
    return Array.from({ length: 200 }, () => board.strike('openai', 'a', '').reset === true);
  };
  const first = draws();
  expect(draws()).toEqual(first);
  expect(first.filter(Boolean).length).toBeGreaterThan(40);
  expect(first.filter(Boolean).length).toBeLessThan(80);
});

it('lets a suffix win over a posting, field by field, and forgets all when cleared', () => {
  const board = new FaultBoard();
  const id = board.post({ fault: { status: 500, retryAfter: 9 } });
  expect(board.strike('openai', 'a', 'status=429')).toEqual({ status: 429, retryAfter: 9 });
  expect(board.remove(id)).toBe(true);
  expect(board.remove(id)).toBe(false);
  board.post({ fault: { html: true } });
  board.clear();
  expect(board.strike('openai', 'a', '')).toEqual(NO_FAULT);
});
