import { describe, expect, it } from '@jest/globals';
import { lift } from '../../../core/environment/lift.js';
import { liftKind, makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { OrderEnforcing } from '../../../core/environment/order-enforcing.js';
import { parseResetBounds } from '../../../core/environment/reset-options.js';
import { TimeLimit } from '../../../core/environment/time-limit.js';
import { createRows } from '../../../core/rows.js';
import { counter, counterKind } from './counter.js';

function buffersFor(count: number) {
  return {
    observations: createRows(1, count),
    rewards: new Float64Array(count),
    terminated: new Uint8Array(count),
    truncated: new Uint8Array(count),
    finalObservations: createRows(1, count),
  };
}

describe('lift', () => {
  it('resets finished environments within the step, as SAME_STEP of Gymnasium', () => {
    const vector = lift([counter(2), counter(3), counter(3)]);
    const buffers = buffersFor(3);
    const actions = createRows(1, 3);
    actions.data.set([1, 2, 3]);
    vector.reset(buffers.observations);
    buffers.finalObservations.data.fill(-1);
    const call = (): number[][] => {
      vector.step(actions, buffers);
      return [
        [...buffers.observations.data],
        [...buffers.rewards],
        [...buffers.terminated],
        [...buffers.finalObservations.data],
      ];
    };
    expect(call()).toEqual([
      [1, 1, 1],
      [1, 2, 3],
      [0, 0, 0],
      [-1, -1, -1],
    ]);
    expect(call()).toEqual([
      [0, 2, 2],
      [1, 2, 3],
      [1, 0, 0],
      [2, -1, -1],
    ]);
    expect(call()).toEqual([
      [1, 0, 0],
      [1, 2, 3],
      [0, 1, 1],
      [2, 3, 3],
    ]);
    expect(call()).toEqual([
      [0, 1, 1],
      [1, 2, 3],
      [1, 0, 0],
      [2, 3, 3],
    ]);
  });

  it('needs an environment', () => {
    expect(() => lift([])).toThrow(RangeError);
  });
});

describe('TimeLimit', () => {
  it('truncates at its step, also nested, and stays truncated', () => {
    const environment = new TimeLimit(new TimeLimit(counter(100), 5), 3);
    environment.reset();
    const flags = Array.from({ length: 4 }, () => environment.step(0).truncated);
    expect(flags).toEqual([false, false, true, true]);
    environment.reset();
    expect(environment.step(0).truncated).toBe(false);
  });

  it('may truncate the terminating step too', () => {
    const environment = new TimeLimit(counter(2), 2);
    environment.reset();
    environment.step(0);
    expect(environment.step(0)).toMatchObject({ terminated: true, truncated: true });
  });
});

describe('OrderEnforcing', () => {
  it('refuses a step before the first reset', () => {
    const environment = new OrderEnforcing(counter(2));
    expect(() => environment.step(0)).toThrow(expect.objectContaining({ code: 'reset-needed' }));
    environment.reset();
    expect(environment.step(0).terminated).toBe(false);
  });
});

describe('makeEnvironment', () => {
  it('wraps in the order of Gymnasium and gives access to the innermost environment', () => {
    const environment = makeEnvironment(counterKind);
    expect(environment).toBeInstanceOf(TimeLimit);
    expect('unwrapped' in environment.unwrapped).toBe(false);
    expect(() => environment.step(0)).toThrow(expect.objectContaining({ code: 'reset-needed' }));
  });

  it('leaves the time limit out on request', () => {
    expect(makeEnvironment(counterKind, { maxEpisodeSteps: 0 })).toBeInstanceOf(OrderEnforcing);
  });

  it('lifts a kind without a batch form', () => {
    expect(makeVectorEnvironment(counterKind, 2).count).toBe(liftKind(counterKind, 2).count);
  });

  it('names a wrong option', () => {
    expect(() => makeEnvironment(counterKind, { options: { size: 1 } })).toThrow(
      expect.objectContaining({ code: 'unknown-option' }),
    );
  });
});

describe('parseResetBounds', () => {
  const fallback = { low: -1, high: 1 };
  it('lets either bound be left out', () => {
    expect(parseResetBounds(fallback, { low: 0 })).toEqual({ low: 0, high: 1 });
    expect(parseResetBounds(fallback)).toEqual(fallback);
  });
  it.each([{ low: 2 }, { high: 'x' }, { middle: 0 }])('refuses %j', (options) => {
    expect(() => parseResetBounds(fallback, options)).toThrow(
      expect.objectContaining({ code: 'invalid-reset-option' }),
    );
  });
});
