import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeEnvironment } from '../../../core/environment/make-environment.js';
import { bipedalWalker } from '../../../environments/bipedal-walker/index.js';

// pybox2d 2.3.10 (float32) under Gymnasium 1.3.0; to renew: python python/record_golden.py test/golden
const file = new URL('../../golden/gymnasium-1.3.0-walker.json', import.meta.url);
const recorded = JSON.parse(readFileSync(file, 'utf8')) as readonly {
  readonly seed: number;
  readonly obs: readonly (readonly number[])[];
  readonly act: readonly (readonly number[])[];
  readonly rew: readonly number[];
}[];

/** Both feet come down at once in the first step: with contacts in another order they would be 1e-2 apart at once. */
describe('BipedalWalker on planck against Box2D 2.3', () => {
  it.each(recorded)('replays seed $seed', ({ seed, obs, act, rew }) => {
    const environment = makeEnvironment(bipedalWalker);
    let { observation } = environment.reset({ seed });
    const distances = [distance(observation, obs[0]!)];
    let early = 0;
    act.forEach((action, i) => {
      const result = environment.step(Float32Array.from(action));
      observation = result.observation;
      distances.push(distance(observation, obs[i + 1]!));
      if (i < 10) early = Math.max(early, Math.abs(result.reward - rew[i]!));
    });
    expect(distances[0]).toBeLessThan(1e-5);
    expect(Math.max(...distances.slice(0, 11))).toBeLessThan(1e-3);
    expect(early).toBeLessThan(1e-2);
  });
});

function distance(seen: unknown, expected: readonly number[]): number {
  return Math.max(...[...(seen as Float32Array)].map((x, row) => Math.abs(x - expected[row]!)));
}
