import { describe, expect, it } from '@jest/globals';
import { autoresetModes, requireAutoreset, type Autoreset } from '../../../core/environment/autoreset.js';
import { DynamicsVector } from '../../../core/environment/dynamics-vector.js';
import type { Dynamics } from '../../../core/environment/dynamics.js';
import { lift } from '../../../core/environment/lift.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { parseResetOptions } from '../../../core/environment/reset-options.js';
import { box, discrete } from '../../../core/environment/space.js';
import type { VectorEnvironment } from '../../../core/environment/vector-environment.js';
import { createRows } from '../../../core/rows.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { counter } from './counter.js';

/** Observation = steps since reset, reward = action; lane i terminates after `lengths[i]` steps. */
function counters(lengths: readonly number[]): Dynamics {
  return {
    observationSpace: box([0], [1000]),
    actionSpace: discrete(10),
    stateRows: 1,
    readReset: (given) => parseResetOptions({}, given),
    start: (state, _, lane) => void (state[lane] = 0),
    advance(state, _, first, last, { actions, rewards, terminated }) {
      for (let lane = first; lane < last; lane++) {
        rewards[lane] = actions.data[lane]!;
        terminated[lane] = ++state[lane]! >= lengths[lane]! ? 1 : 0;
      }
    },
    observe(state, _, first, last, { data }) {
      for (let lane = first; lane < last; lane++) data[lane] = state[lane]!;
    },
  };
}

const makers: readonly (readonly [string, (mode: Autoreset) => VectorEnvironment])[] = [
  ['lifted', (mode) => lift([counter(2), counter(3), counter(3)], mode)],
  ['native', (autoreset) => new DynamicsVector(counters([2, 3, 3]), { count: 3, autoreset })],
];

/** Gymnasium 1.3.0 with three counters: observations, rewards, terminated of calls 1 to 4. */
const traces = {
  'next-step': [
    ['1,1,1', '1,2,3', '0,0,0'],
    ['2,2,2', '1,2,3', '1,0,0'],
    ['0,3,3', '0,2,3', '0,1,1'],
    ['1,0,0', '1,0,0', '0,0,0'],
  ],
  'same-step': [
    ['1,1,1', '1,2,3', '0,0,0'],
    ['0,2,2', '1,2,3', '1,0,0'],
    ['1,0,0', '1,2,3', '0,1,1'],
    ['0,1,1', '1,2,3', '1,0,0'],
  ],
  disabled: [
    ['1,1,1', '1,2,3', '0,0,0'],
    ['2,2,2', '1,2,3', '1,0,0'],
    ['1,3,3', '1,2,3', '0,1,1'],
    ['2,1,1', '1,2,3', '1,0,0'],
  ],
} as const;

describe.each(makers)('%s counters', (_name, make) => {
  const start = (mode: Autoreset) => {
    const vector = make(mode);
    const buffers = {
      observations: createRows(1, 3),
      rewards: new Float64Array(3),
      terminated: new Uint8Array(3),
      truncated: new Uint8Array(3),
      finalObservations: createRows(1, 3),
    };
    const actions = createRows(1, 3);
    actions.data.set([1, 2, 3]);
    vector.reset(buffers.observations);
    return { vector, buffers, actions };
  };

  it.each(autoresetModes)('go as those of Gymnasium with autoreset %s', (mode) => {
    const { vector, buffers, actions } = start(mode);
    for (const expected of traces[mode]) {
      vector.step(actions, buffers);
      const { observations, rewards, terminated } = buffers;
      expect([observations.data.join(), rewards.join(), terminated.join()]).toEqual(expected);
      if (mode !== 'disabled' || !terminated.includes(1)) continue;
      const before = [...observations.data];
      vector.reset(observations, undefined, terminated.slice());
      expect([...observations.data]).toEqual(before.map((value, lane) => (terminated[lane] === 1 ? 0 : value)));
    }
  });

  it('give the last observation of an episode aside with autoreset same-step', () => {
    const { vector, buffers, actions } = start('same-step');
    buffers.finalObservations.data.fill(-1);
    vector.step(actions, buffers);
    vector.step(actions, buffers);
    expect([...buffers.finalObservations.data]).toEqual([2, -1, -1]);
    vector.step(actions, buffers);
    expect([...buffers.finalObservations.data]).toEqual([2, 3, 3]);
  });

  it('refuse to step a finished one without autoreset', () => {
    const { vector, buffers, actions } = start('disabled');
    vector.step(actions, buffers);
    vector.step(actions, buffers);
    expect(() => vector.step(actions, buffers)).toThrow(expect.objectContaining({ code: 'reset-needed' }));
  });

  it.each([[[1, 0]], [[0, 0, 0]], [[2, 0, 0]]])('refuse the reset mask %j', (mask) => {
    const { vector, buffers } = start('disabled');
    expect(() => vector.reset(buffers.observations, undefined, Uint8Array.from(mask))).toThrow(
      expect.objectContaining({ code: 'invalid-reset-mask' }),
    );
  });
});

describe('CartPole with a time limit', () => {
  it.each(autoresetModes)('is the same native and lifted with autoreset %s', (autoreset) => {
    const run = (vector: VectorEnvironment): readonly number[] => {
      const buffers = {
        observations: createRows(4, 5),
        rewards: new Float64Array(5),
        terminated: new Uint8Array(5),
        truncated: new Uint8Array(5),
        finalObservations: createRows(4, 5),
      };
      const actions = createRows(1, 5);
      vector.reset(buffers.observations, [1, 2, 3, 4, 5]);
      const trace: number[] = [];
      for (let i = 0; i < 60; i++) {
        actions.data.forEach((_, lane) => (actions.data[lane] = (i * 7 + lane * 3) % 5 < 3 ? 1 : 0));
        vector.step(actions, buffers);
        const { observations, rewards, terminated, truncated } = buffers;
        trace.push(...observations.data, ...rewards, ...terminated, ...truncated);
        const done = terminated.map((flag, lane) => flag | truncated[lane]!);
        if (autoreset === 'disabled' && done.includes(1)) {
          vector.reset(observations, undefined, done);
          trace.push(...observations.data);
        }
      }
      return trace;
    };
    const settings = { maxEpisodeSteps: 11, autoreset };
    const { makeVector: _, ...alone } = cartPole;
    const native = makeVectorEnvironment(cartPole, 5, settings);
    expect(native).toBeInstanceOf(DynamicsVector);
    expect(run(native)).toEqual(run(makeVectorEnvironment(alone, 5, settings)));
  });
});

describe('requireAutoreset', () => {
  it('lets accepted modes pass and takes same-step where nothing is said', () => {
    requireAutoreset({}, ['same-step'], 'a test');
    requireAutoreset({ autoreset: 'next-step' }, ['same-step', 'next-step'], 'a test');
    expect(() => requireAutoreset({ autoreset: 'disabled' }, ['same-step'], 'a test')).toThrow(
      expect.objectContaining({ code: 'wrong-autoreset' }),
    );
  });
});
