import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeEnvironment } from '../../../core/environment/make-environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { createLanderWorld } from '../../../environments/lunar-lander/lander-world.js';
import { landByRule, lunarLander, lunarLanderContinuous } from '../../../environments/lunar-lander/index.js';

interface Recorded {
  readonly obs: readonly (readonly number[])[];
  readonly act: readonly number[];
  readonly rew: readonly number[];
}

// pybox2d 2.3.10 (float32) under Gymnasium 1.3.0, driven by its heuristic.
const file = new URL('../../golden/lunarlander-v3-box2d-2.3.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as {
  readonly scores_seed_0_to_499: readonly number[];
  readonly rollouts: Readonly<Record<string, Recorded>>;
};

/** How far an observation may be from Box2D's, up to each step: planck computes in float64. */
const bands = [
  [0, 1e-6],
  [10, 1e-5],
  [50, 1e-2],
  [100, 0.1],
] as const;

describe('LunarLander on planck against Box2D 2.3', () => {
  const replays = Object.entries(golden.rollouts).map(([seed, { obs, act }]) => {
    const environment = makeEnvironment(lunarLander);
    const seen = [environment.reset({ seed: Number(seed) }).observation as Float32Array];
    let rule = 0;
    for (const action of act) {
      if (landByRule(seen.at(-1)!) === action) rule++;
      const { observation, terminated } = environment.step(action);
      seen.push(observation as Float32Array);
      if (terminated) return { seed, obs, act, seen, rule, ended: true };
    }
    return { seed, obs, act, seen, rule, ended: false };
  });

  it.each(replays)('replays seed $seed within the bands', ({ obs, seen }) => {
    for (const [last, band] of bands) {
      const worst = Math.max(
        ...seen
          .slice(0, last + 1)
          .flatMap((observation, i) => [...observation].map((x, row) => Math.abs(x - obs[i]![row]!))),
      );
      expect(worst).toBeLessThanOrEqual(band);
    }
  });

  it('ends on the same step in at least four of five', () => {
    const same = replays.filter(({ seen, act, ended }) => ended && seen.length === act.length + 1);
    expect(same.length).toBeGreaterThanOrEqual(4);
  });

  it('is steered alike by the rule', () => {
    for (const { rule, act } of replays) expect(rule).toBeGreaterThanOrEqual(0.98 * act.length);
  });

  // All 500 seeds: figures in docs/conformance.md.
  it('is landed as well by the rule', () => {
    const environment = makeEnvironment(lunarLander);
    const seeds = 8;
    const scores = Array.from({ length: seeds }, (_, seed) => {
      let { observation } = environment.reset({ seed });
      for (let sum = 0; ;) {
        const step = environment.step(landByRule(observation as Float32Array));
        observation = step.observation;
        sum += step.reward;
        if (step.terminated || step.truncated) return sum;
      }
    });
    const mean = (values: readonly number[]): number => values.reduce((sum, x) => sum + x, 0) / values.length;
    // Three standard errors of a mean over so many episodes with the recorded deviation of 99.4.
    const difference = mean(scores) - mean(golden.scores_seed_0_to_499.slice(0, seeds));
    expect(Math.abs(difference)).toBeLessThan((3 * 99.4) / Math.sqrt(seeds));
  });
});

describe('LunarLander', () => {
  it('has the centre of mass that Box2D gives its hull', () => {
    const { hull } = createLanderWorld(new Pcg64(0), -10, false);
    expect(hull.getLocalCenter().y).toBeCloseTo(0.1013072, 6);
    expect(hull.getMass()).toBeCloseTo(4.8166667, 6);
  });

  it('draws the places of the wind only where wind blows', () => {
    const [calm, windy] = [new Pcg64(3), new Pcg64(3)];
    createLanderWorld(calm, -10, false);
    const { windIndex, torqueIndex } = createLanderWorld(windy, -10, true);
    expect([windIndex, torqueIndex]).toEqual([calm.integers(-9999, 9999), calm.integers(-9999, 9999)]);
  });

  it('lets the wind push the lander', () => {
    const run = (options: Record<string, unknown>): number => {
      const environment = makeEnvironment(lunarLander, { options });
      environment.reset({ seed: 1 });
      for (let i = 0; i < 20; i++) environment.step(0);
      return (environment.step(0).observation as Float32Array)[2]!;
    };
    expect(run({ enable_wind: true })).not.toBeCloseTo(run({}), 3);
  });

  it('throttles the engines of the continuous form, and takes the discrete ones at full power', () => {
    const run = (action: number | Float32Array): readonly number[] => {
      const environment = makeEnvironment(typeof action === 'number' ? lunarLander : lunarLanderContinuous);
      environment.reset({ seed: 2 });
      const { observation, reward } = environment.step(action);
      return [...(observation as Float32Array), reward];
    };
    expect(run(Float32Array.of(1, 0))).toEqual(run(2));
    expect(run(Float32Array.of(-1, -7))).toEqual(run(1));
    expect(run(Float32Array.of(0, 0.5))).toEqual(run(0));
    expect(run(Float32Array.of(0.01, 0))).not.toEqual(run(2));
  });
});
