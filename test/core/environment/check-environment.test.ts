import { describe, expect, it } from '@jest/globals';
import { checkEnvironment, reportEnvironment } from '../../../core/environment/check-environment.js';
import { defineEnvironment, type Environment } from '../../../core/environment/environment.js';
import { Pcg64 } from '../../../core/environment/pcg64.js';
import { parseSeed } from '../../../core/environment/seed-sequence.js';
import { box, checkAction, discrete } from '../../../core/environment/space.js';
import { counterKind } from './counter.js';

/** A random walk with one fault. */
function walk(fault: string): Environment {
  const actionSpace = discrete(2);
  const position = new Float32Array(1);
  const generator = new Pcg64(0);
  let steps = 0;
  const observe = (): Float32Array => (fault === 'live state' ? position : position.slice());
  return {
    observationSpace: box([-10], [fault === 'bounds' ? -9 : 10]),
    actionSpace,
    reset({ seed } = {}) {
      if (seed !== undefined && fault !== 'any seed') parseSeed(seed);
      if (seed !== undefined && fault !== 'ignores seed') generator.seed(Math.abs(Math.trunc(seed)) || 0);
      position[0] = generator.random();
      return { observation: observe(), info: {} };
    },
    step(action) {
      if (fault !== 'any action') checkAction(actionSpace, action);
      position[0]! += (action === 1 ? 0.25 : -0.25) + (fault === 'shared state' ? (shared += 0.01) : 0);
      if (fault === 'late' && ++steps > 17) position[0] = NaN;
      const terminated = Math.abs(position[0]!) > 3;
      return { observation: observe(), reward: fault === 'reward' ? NaN : 1, terminated, truncated: false, info: {} };
    },
  };
}
let shared = 0;

const errorsOf = (fault: string): string[] => {
  const kind = defineEnvironment({
    id: 'test/walk',
    summary: 'a walk',
    options: {},
    maxEpisodeSteps: 30,
    make: () => walk(fault),
  });
  return checkEnvironment(kind).flatMap(({ id, severity }) => (severity === 'error' ? [id] : []));
};

describe('checkEnvironment', () => {
  it('finds nothing wrong with a sound environment', () => {
    expect(errorsOf('none')).toEqual([]);
    expect(checkEnvironment(counterKind).filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  it.each([
    ['live state', 'episode/aliasing'],
    ['live state', 'episode/fresh-observations'],
    ['bounds', 'step/result'],
    ['any seed', 'reset/invalid-seed'],
    ['ignores seed', 'reset/seeded'],
    ['any action', 'step/invalid-action'],
    ['shared state', 'step/independent'],
    ['reward', 'step/result'],
    ['late', 'fuzz/sound'],
  ])('catches the fault "%s" by %s', (fault, id) => {
    expect(errorsOf(fault)).toContain(id);
  });

  it('catches a batch form that differs', () => {
    const kind = defineEnvironment({
      id: 'test/walk',
      summary: 'a walk whose batch form never ends',
      options: {},
      maxEpisodeSteps: 5,
      make: () => walk('none'),
      makeVector: (count) => ({
        count,
        observationSpace: box([-10], [10]),
        actionSpace: discrete(2),
        reset: ({ data }) => void data.fill(0, 0, count),
        step: (_, { rewards }) => void rewards.fill(1),
      }),
    });
    expect(checkEnvironment(kind).map(({ id }) => id)).toEqual(
      expect.arrayContaining(['vector/scalar', 'vector/lifted', 'vector/invalid-action']),
    );
  });

  it('warns when two seeds give one trajectory', () => {
    const findings = checkEnvironment(counterKind);
    expect(findings).toContainEqual(expect.objectContaining({ id: 'reset/other-seed', severity: 'warning' }));
  });

  it('shrinks a failure to the smallest seeds and steps', () => {
    const kind = defineEnvironment({ id: 'test/walk', summary: 'a walk', options: {}, make: () => walk('late') });
    const [finding] = checkEnvironment(kind).filter(({ id }) => id === 'fuzz/sound');
    expect(finding).toMatchObject({ severity: 'error', evidence: { seed: 0, actionSeed: 0, steps: 18 } });
  });

  it('gives a report for machines', () => {
    const report = reportEnvironment(counterKind);
    expect(report).toMatchObject({ environment: 'test/counter', sound: true });
    expect(report.probes.length).toBeGreaterThan(20);
    expect(JSON.parse(JSON.stringify(report))).toEqual(report);
  });
});
