import v8 from 'node:v8';
import { describe, expect, it } from '@jest/globals';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import type { VectorEnvironment } from '../../../core/environment/vector-environment.js';
import { createRng } from '../../../core/random.js';
import { score } from '../../../core/training/score.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { ppo } from '../../../plugins/ppo/index.js';
import { network, optionsOf } from './network.js';

const options = optionsOf({
  totalSteps: 50 * 512,
  environments: 4,
  stepsPerRollout: 128,
  epochs: 16,
  minibatchSize: 32,
});
const stepsPerRollout = options.environments * options.stepsPerRollout;
const minibatches = (options.epochs * stepsPerRollout) / options.minibatchSize;

/**
 * Engines hand numbers between functions that they did not merge as objects of 16 bytes, 4 to 8 of them per step, as
 * versions differ. An array per step is more than that.
 */
const mostPerStep = 160;
/** The same for some dozen calls per minibatch, and the figures of an update, which are objects. */
const mostPerMinibatch = 256;

function makeCartPoles(count: number): VectorEnvironment {
  return makeVectorEnvironment(cartPole, count);
}

function usedHeap(): number {
  return v8.getHeapStatistics().used_heap_size;
}

/** Bytes that each phase of an iteration adds to the heap: median of the second half, when all code is optimised. */
function growth(makeEnvironments: (count: number) => VectorEnvironment): Record<string, number> {
  const { observationSpace, actionSpace } = makeCartPoles(1);
  const model = network([{ units: 16 }, { units: 16 }], observationSpace, actionSpace, options, 1);
  const grown: Record<string, number[]> = {};
  let before = usedHeap();
  ppo.train(options, model, makeEnvironments, {
    rng: createRng(1),
    onPhase(phase) {
      const now = usedHeap();
      (grown[phase] ??= []).push(now - before);
      before = usedHeap();
    },
  });
  model.program.release();
  return Object.fromEntries(Object.entries(grown).map(([phase, bytes]) => [phase, medianOfSecondHalf(bytes)]));
}

/** Collections of garbage in between make single entries negative. */
function medianOfSecondHalf(values: readonly number[]): number {
  const sorted = values.slice(values.length >> 1).sort((a, b) => a - b);
  return sorted[sorted.length >> 1]!;
}

/** Passes everything on, and makes an array per lane in each step. */
function littering(environments: VectorEnvironment): VectorEnvironment {
  const litter: Float64Array[] = [];
  return {
    observationSpace: environments.observationSpace,
    actionSpace: environments.actionSpace,
    count: environments.count,
    autoreset: 'same-step',
    reset: (...given) => {
      environments.reset(...given);
    },
    step(actions, buffers) {
      for (let lane = 0; lane < environments.count; lane++) litter[lane] = new Float64Array(4);
      environments.step(actions, buffers);
    },
  };
}

describe('a training', () => {
  it('makes no objects step by step and minibatch by minibatch', () => {
    const bytes = growth(makeCartPoles);
    expect(bytes['collect']! / stepsPerRollout).toBeLessThan(mostPerStep);
    expect(bytes['update']! / minibatches).toBeLessThan(mostPerMinibatch);
  });

  it('is measured by what an array per step adds', () => {
    const bytes = growth((count) => littering(makeCartPoles(count)));
    expect(bytes['collect']! / stepsPerRollout).toBeGreaterThan(mostPerStep);
  });
});

/** Episodes of 500 steps. */
function makeSteady(count: number): VectorEnvironment {
  const { observationSpace, actionSpace } = makeCartPoles(1);
  let steps = 0;
  return {
    ...{ observationSpace, actionSpace, count },
    reset() {
      steps = 0;
    },
    step(_actions, { rewards, terminated, truncated }) {
      steps++;
      rewards.fill(1);
      terminated.fill(0);
      truncated.fill(steps === 500 ? 1 : 0);
    },
  };
}

describe('scoring', () => {
  it('makes no objects step by step', () => {
    const { observationSpace, actionSpace } = makeCartPoles(1);
    const model = network([{ units: 16 }], observationSpace, actionSpace, options, 1);
    const seeds = Array.from({ length: 8 }, (_, i) => 2 ** 31 + i);
    const play = (): number => {
      const before = usedHeap();
      score(model, makeSteady, { seeds, policy: 'stochastic', rng: createRng(1) });
      return (usedHeap() - before) / (500 * seeds.length);
    };
    const bytes = medianOfSecondHalf(Array.from({ length: 40 }, play));
    expect(bytes).toBeLessThan(mostPerStep);
    model.program.release();
  });
});
