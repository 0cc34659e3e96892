import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { autoresetModes, type Autoreset } from '../../../core/environment/autoreset.js';
import { makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { createStepBuffers } from '../../../core/environment/vector-environment.js';
import { wrapKind } from '../../../core/environment/wrap-kind.js';
import type { JsonObject } from '../../../core/json.js';
import { createRows } from '../../../core/rows.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { normalizeObservation, normalizeReward, RunningStatistics } from '../../../plugins/wrappers/index.js';

/** Mean and variance of numbers of which the first has mean 0, variance 1 and the weight of 1e-4, by definition. */
function closedForm(values: readonly number[]): { mean: number; variance: number } {
  const total = values.length + 1e-4;
  const mean = values.reduce((sum, value) => sum + value, 0) / total;
  const squares = values.reduce((sum, value) => sum + (value - mean) ** 2, 1e-4 * (1 + mean ** 2));
  return { mean, variance: squares / total };
}

describe('running statistics', () => {
  it('are those of all numbers at once', () => {
    const numbers = fc.array(fc.double({ min: -1e3, max: 1e3, noNaN: true }), { minLength: 1, maxLength: 200 });
    fc.assert(
      fc.property(numbers, (values) => {
        const statistics = new RunningStatistics(1);
        for (const value of values) statistics.add(0, value);
        const { mean, variance } = closedForm(values);
        expect(Math.abs(statistics.means[0]! - mean)).toBeLessThan(1e-9);
        expect(Math.abs(statistics.variances[0]! / variance - 1)).toBeLessThan(1e-9);
      }),
    );
  });
});

/**
 * What VecNormalize of Stable-Baselines3 makes of a step, from its definition: statistics of everything seen so far, this
 * step included, and only then the numbers of the step.
 */
class Reference {
  readonly seen: number[][] = [[], [], [], []];
  readonly returns: number[] = [];
  readonly #discounted: number[];

  constructor(lanes: number) {
    this.#discounted = new Array<number>(lanes).fill(0);
  }

  observe(columns: readonly (readonly number[])[]): number[][] {
    for (const column of columns) column.forEach((value, row) => this.seen[row]!.push(value));
    return columns.map((column) => column.map((value, row) => scaled(value, closedForm(this.seen[row]!))));
  }

  earn(rewards: readonly number[], done: readonly boolean[]): number[] {
    rewards.forEach((reward, lane) => (this.#discounted[lane] = 0.9 * this.#discounted[lane]! + reward));
    this.returns.push(...this.#discounted);
    done.forEach((ended, lane) => ended && (this.#discounted[lane] = 0));
    const { variance } = closedForm(this.returns);
    return rewards.map((reward) => scaled(reward, { mean: 0, variance }));
  }
}

function scaled(value: number, { mean, variance }: { readonly mean: number; readonly variance: number }): number {
  return Math.max(-10, Math.min(10, (value - mean) / Math.sqrt(variance + 1e-8)));
}

describe('normalising wrappers', () => {
  it('make of every step what VecNormalize makes of it', () => {
    const lanes = 3;
    const kind = wrapKind(cartPole, [
      { wrapper: normalizeObservation },
      { wrapper: normalizeReward, options: { gamma: 0.9 } },
    ]);
    const [ours, plain] = [makeVectorEnvironment(kind, lanes), makeVectorEnvironment(cartPole, lanes)];
    const [mine, theirs] = [createStepBuffers(4, lanes), createStepBuffers(4, lanes)];
    const reference = new Reference(lanes);
    const columnsOf = ({ data, stride }: typeof mine.observations): number[][] =>
      Array.from({ length: lanes }, (_, lane) => Array.from({ length: 4 }, (_, row) => data[row * stride + lane]!));
    const expectClose = (got: number[][], wanted: number[][]): void =>
      got.forEach((column, lane) => column.forEach((value, row) => expect(value).toBeCloseTo(wanted[lane]![row]!, 5)));
    for (const [vector, buffers] of [
      [ours, mine],
      [plain, theirs],
    ] as const) {
      vector.reset(buffers.observations, [1, 2, 3]);
    }
    expectClose(columnsOf(mine.observations), reference.observe(columnsOf(theirs.observations)));
    const chance = new Pcg64(4);
    const actions = createRows(1, lanes);
    let ended = 0;
    for (let step = 0; step < 120; step++) {
      for (let lane = 0; lane < lanes; lane++) actions.data[lane] = chance.integers(0, 2);
      ours.step(actions, mine);
      plain.step(actions, theirs);
      const done = [...theirs.terminated].map((flag, lane) => flag === 1 || theirs.truncated[lane] === 1);
      ended += done.filter(Boolean).length;
      expectClose(columnsOf(mine.observations), reference.observe(columnsOf(theirs.observations)));
      expectClose([[...mine.rewards]], [reference.earn([...theirs.rewards], done)]);
      expect([...ours.rawRewards!]).toEqual([...theirs.rewards]);
    }
    expect(ended).toBeGreaterThan(5);
  });

  it('learn the same from the same steps with every autoreset', () => {
    const [first, ...others] = autoresetModes.map(learnedWith);
    // 20 rewards; 20 observations and the first, less 4 last ones, and one after each of the 4 resets.
    expect(first).toMatchObject({
      own: { counts: [expect.closeTo(20, 3)] },
      inner: { own: { counts: [21, 21, 21, 21].map((count) => expect.closeTo(count, 3)) } },
    });
    for (const other of others) expect(other).toEqual(first);
  });
});

/** Statistics after four episodes of five steps each. */
function learnedWith(autoreset: Autoreset): JsonObject {
  const kind = wrapKind(cartPole, [{ wrapper: normalizeObservation }, { wrapper: normalizeReward }]);
  const vector = makeVectorEnvironment(kind, 1, { autoreset, maxEpisodeSteps: 5 });
  const buffers = createStepBuffers(4, 1);
  const actions = createRows(1, 1);
  vector.reset(buffers.observations, [7]);
  for (let step = 0; step < 20; step++) {
    actions.data[0] = step % 2;
    vector.step(actions, buffers);
    if (buffers.truncated[0] === 0) continue;
    if (autoreset === 'disabled') vector.reset(buffers.observations);
    if (autoreset === 'next-step') vector.step(actions, buffers);
  }
  return vector.saveStatistics!()!;
}
