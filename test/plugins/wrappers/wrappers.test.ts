import { describe, expect, it } from '@jest/globals';
import { DynamicsVector } from '../../../core/environment/dynamics-vector.js';
import type { EnvironmentKind, Wrapper } from '../../../core/environment/environment.js';
import { environmentFamily } from '../../../core/environment/environment-family.js';
import { makeEnvironment, makeVectorEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { RecordEpisodeStatistics } from '../../../core/environment/record-episode-statistics.js';
import { rowsOf } from '../../../core/environment/space.js';
import type { VectorEnvironment } from '../../../core/environment/vector-environment.js';
import { wrapKind } from '../../../core/environment/wrap-kind.js';
import type { WrapperKind } from '../../../core/environment/wrapper-kind.js';
import { createStepBuffers } from '../../../core/environment/vector-environment.js';
import { createRows } from '../../../core/rows.js';
import { cartPole } from '../../../environments/cartpole/index.js';
import { mountainCarContinuous } from '../../../environments/mountain-car/index.js';
import { pendulum } from '../../../environments/pendulum/index.js';
import wrappersPlugin from '../../../plugins/wrappers/index.js';
import { environmentContract } from '../../contracts/environment.js';

const wrapper = (name: string): WrapperKind => wrappersPlugin.wrappers!.find(({ id }) => id === `wrappers/${name}`)!;
const wrapped = (kind: EnvironmentKind, ...uses: (readonly [string, Record<string, unknown>?])[]): EnvironmentKind =>
  wrapKind(
    kind,
    uses.map(([name, options = {}]) => ({ wrapper: wrapper(name), options })),
  );

function start(vector: VectorEnvironment) {
  const { count } = vector;
  const rows = rowsOf(vector.observationSpace);
  const buffers = createStepBuffers(rows, count);
  const actions = createRows(rowsOf(vector.actionSpace), count);
  vector.reset(
    buffers.observations,
    Array.from({ length: count }, (_, lane) => lane),
  );
  return { buffers, actions };
}

describe('wrapKind', () => {
  it('keeps the native vector inside and the order of the list from the inside out', () => {
    const kind = wrapped(cartPole, ['scale-observation', { factor: 2 }], ['scale-observation', { offset: 1 }]);
    const plain = makeEnvironment(cartPole).reset({ seed: 3 }).observation as Float32Array;
    const turned = makeEnvironment(kind).reset({ seed: 3 }).observation as Float32Array;
    expect([...turned]).toEqual([...plain].map((value) => Math.fround(Math.fround(2 * value) + 1)));
    let native: VectorEnvironment | undefined;
    const seen = {
      ...cartPole,
      makeVector: (...args: Parameters<NonNullable<EnvironmentKind['makeVector']>>) =>
        (native = cartPole.makeVector!(...args)),
    };
    makeVectorEnvironment(wrapKind(seen, [{ wrapper: wrapper('frame-stack') }]), 2);
    expect(native).toBeInstanceOf(DynamicsVector);
  });

  it('checks options', () => {
    expect(() => wrapped(cartPole, ['frame-stack', { frame: 3 }])).toThrow(
      expect.objectContaining({ code: 'unknown-option' }),
    );
    expect(() => makeEnvironment(wrapped(cartPole, ['clip-action']))).toThrow(
      expect.objectContaining({ code: 'unsupported-wrapper' }),
    );
  });
});

describe('frame-stack', () => {
  it('shows the last observations, the newest last, and starts with copies', () => {
    const plain = makeEnvironment(cartPole);
    const stacked = makeEnvironment(wrapped(cartPole, ['frame-stack', { frames: 2 }]));
    const first = [...(plain.reset({ seed: 1 }).observation as Float32Array)];
    expect([...(stacked.reset({ seed: 1 }).observation as Float32Array)]).toEqual([...first, ...first]);
    const second = [...(plain.step(1).observation as Float32Array)];
    expect([...(stacked.step(1).observation as Float32Array)]).toEqual([...first, ...second]);
  });
});

describe('actions', () => {
  it('are clipped before the environment charges for them', () => {
    const clipped = makeEnvironment(wrapped(mountainCarContinuous, ['clip-action']));
    clipped.reset({ seed: 0 });
    expect(clipped.step(Float32Array.of(7)).reward).toBe(-0.1);
  });

  it('are stretched to the bounds', () => {
    const plain = makeEnvironment(pendulum);
    const rescaled = makeEnvironment(wrapped(pendulum, ['rescale-action', { minimum: 0, maximum: 1 }]));
    plain.reset({ seed: 0 });
    rescaled.reset({ seed: 0 });
    expect(rescaled.step(Float32Array.of(0.75)).reward).toBe(plain.step(Float32Array.of(1)).reward);
  });

  it('stick as often as asked for', () => {
    const sticky = makeEnvironment(wrapped(cartPole, ['sticky-action', { probability: 1 }]));
    const plain = makeEnvironment(cartPole);
    sticky.reset({ seed: 5 });
    plain.reset({ seed: 5 });
    for (const action of [1, 0, 0, 1]) expect(sticky.step(action).observation).toEqual(plain.step(1).observation);
  });
});

describe('normalize-observation', () => {
  const kind = wrapped(pendulum, ['normalize-observation']);

  it('brings observations to mean 0 and variance 1', () => {
    const vector = makeVectorEnvironment(kind, 8);
    const { buffers, actions } = start(vector);
    const chance = new Pcg64(1);
    const columns: number[][] = [[], [], []];
    for (let i = 0; i < 1000; i++) {
      for (let lane = 0; lane < 8; lane++) actions.data[lane] = chance.uniform(-2, 2);
      vector.step(actions, buffers);
      const { data } = buffers.observations;
      if (i >= 100) columns.forEach((column, row) => column.push(...data.slice(row * 8, row * 8 + 8)));
    }
    for (const column of columns) {
      const mean = column.reduce((sum, x) => sum + x, 0) / column.length;
      const variance = column.reduce((sum, x) => sum + (x - mean) ** 2, 0) / column.length;
      expect(Math.abs(mean)).toBeLessThan(0.15);
      expect(Math.abs(variance - 1)).toBeLessThan(0.15);
    }
  });

  it('keeps frozen statistics as they are, and scoring gets those of the training', () => {
    const family = environmentFamily((count) => makeVectorEnvironment(kind, count));
    const training = family.forTraining(2);
    const { buffers, actions } = start(training);
    for (let i = 0; i < 50; i++) training.step(actions, buffers);
    const learned = family.statistics();
    const scoring = family.forScoring(3);
    expect(scoring.saveStatistics!()).toEqual(learned);
    const scored = start(scoring);
    for (let i = 0; i < 50; i++) scoring.step(scored.actions, scored.buffers);
    expect(scoring.saveStatistics!()).toEqual(learned);
    training.step(actions, buffers);
    expect(training.saveStatistics!()).not.toEqual(learned);
    expect(JSON.parse(JSON.stringify(learned))).toEqual(learned);
  });
});

describe('normalize-reward', () => {
  it('leaves the raw rewards beside, and passes rewards on as they are once frozen', () => {
    const kind = wrapped(pendulum, ['normalize-reward', { gamma: 0.9 }], ['normalize-observation']);
    const vector = makeVectorEnvironment(kind, 2);
    const plain = makeVectorEnvironment(pendulum, 2);
    const [{ buffers, actions }, reference] = [start(vector), start(plain)];
    for (let i = 0; i < 30; i++) {
      vector.step(actions, buffers);
      plain.step(reference.actions, reference.buffers);
      expect([...vector.rawRewards!]).toEqual([...reference.buffers.rewards]);
      if (i > 5) expect(Math.abs(buffers.rewards[0]!)).toBeLessThan(Math.abs(vector.rawRewards![0]!) + 1e-9);
    }
    vector.freezeStatistics!(vector.saveStatistics!()!);
    vector.step(actions, buffers);
    expect([...buffers.rewards]).toEqual([...vector.rawRewards!]);
  });
});

describe('time-limit', () => {
  it('takes the place of the limit of the environment', () => {
    for (const steps of [3, 700]) {
      const environment = makeEnvironment(wrapped(pendulum, ['time-limit', { steps }]));
      environment.reset({ seed: 1 });
      let taken = 1;
      while (!environment.step(Float32Array.of(0)).truncated) taken++;
      expect(taken).toBe(steps);
    }
  });
});

describe('RecordEpisodeStatistics', () => {
  const kind = { ...cartPole, wrap: (environment: Wrapper) => new RecordEpisodeStatistics(environment) };
  for (const { name, run } of environmentContract(kind)) it(name, run);

  it('adds return, length and time to the last step', () => {
    let now = 5;
    const environment = new RecordEpisodeStatistics(makeEnvironment(cartPole, { maxEpisodeSteps: 3 }), () => now++);
    environment.reset({ seed: 0 });
    expect(environment.step(0).info).toEqual({});
    environment.step(1);
    expect(environment.step(0).info).toEqual({ episode: { r: 3, l: 3, t: 1 } });
  });
});
