import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { makeEnvironment } from '../../core/environment/make-environment.js';
import { Pcg64 } from '../../core/environment/pcg64.js';
import { sampleSpace } from '../../core/environment/sample-space.js';
import { cliffWalking } from '../../environments/cliff-walking/index.js';
import { frozenLake, frozenLake8x8 } from '../../environments/frozen-lake/index.js';

interface Episode {
  readonly seed: number;
  readonly obs: readonly number[];
  readonly act: readonly number[];
  readonly rew: readonly number[];
  /** 2 terminated, 1 truncated, 3 both. */
  readonly done: readonly number[];
  readonly prob: readonly number[];
}

// Renew with: python python/record_golden.py test/golden
const file = new URL('../golden/gymnasium-1.3.0-toy-text.json', import.meta.url);
const golden = JSON.parse(readFileSync(file, 'utf8')) as readonly {
  readonly id: string;
  readonly options: Readonly<Record<string, unknown>>;
  readonly episodes: readonly Episode[];
}[];
const kinds = [frozenLake, frozenLake8x8, cliffWalking];

describe('toy text against Gymnasium 1.3.0', () => {
  const cases = golden.flatMap(({ id, options, episodes }) =>
    episodes.map((episode) => [`${id} ${JSON.stringify(options)}`, episode.seed, { id, options, episode }] as const),
  );
  it.each(cases)('%s replays seed %i, resets included', (_name, seed, { id, options, episode }) => {
    const environment = makeEnvironment(
      kinds.find(({ gymnasiumId }) => gymnasiumId === id)!,
      { options },
    );
    const actions = new Pcg64(seed);
    const seen = [environment.reset({ seed }).observation];
    const steps = episode.act.map((recorded) => {
      const action = sampleSpace(environment.actionSpace, actions);
      expect(action).toBe(recorded);
      const step = environment.step(action);
      seen.push(step.observation);
      if (step.terminated || step.truncated) seen.push(environment.reset().observation);
      return step;
    });
    expect(seen).toEqual(episode.obs);
    expect(steps.map(({ reward }) => reward)).toEqual(episode.rew);
    expect(steps.map(({ terminated, truncated }) => 2 * Number(terminated) + Number(truncated))).toEqual(episode.done);
    expect(steps.map(({ info }) => info['prob'])).toEqual(episode.prob);
  });
});
